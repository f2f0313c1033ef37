import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, type ListeningResult, type ListeningState, type ListeningTest, type Range } from "../api.js";
import { icons } from "../icons.js";
import { Timeline } from "../roll/timeline.js";
import "../roll/piece-strip.js";
import { SessionElement } from "../session-element.js";

type Which = "first" | "second";

/** The blind test: which of two is better, and whether a person composed it. Nothing on the page tells. */
@customElement("listen-view")
export class ListenView extends SessionElement {
  @state() private about?: ListeningState;
  @state() private test?: ListeningTest;
  @state() private heard: Partial<Record<Which, Timeline>> = {};
  @state() private on?: Which;
  @state() private results?: ListeningResult[];
  @state() private fault = "";

  override connectedCallback() {
    super.connectedCallback();
    void this.attempt(async () => {
      this.about = await api.listening();
      this.test = this.about.test;
      if (this.test && !this.test.next) this.results = await api.listeningResults(this.test.id);
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.session.select(this.session.selected);
  }

  protected override render() {
    return html`
      <section class="listen">
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        ${!this.about ? nothing : this.results ? this.outcome(this.results) : this.test?.next ? this.question(this.test) : this.welcome(this.about)}
      </section>
    `;
  }

  private welcome(about: ListeningState) {
    return html`
      <div class="card empty">
        <h1>Listen blind.</h1>
        <p>You hear short passages, some by people and some by the models, and say what you think. Nothing tells you which is which until the end.</p>
        ${about.canBegin ? html`<button class="primary" @click=${this.begin}>Begin</button>` : html`<p class="hint">${about.reason}</p>`}
      </div>
    `;
  }

  private question(test: ListeningTest) {
    const { isPair } = test.next!;
    const hasHeard = isPair ? this.heard.first && this.heard.second : this.heard.first;
    return html`
      <div class="listen-head">
        <h1>${isPair ? "Which is better?" : "Did a person compose this?"}</h1>
        <span class="quiet-text">${test.answered + 1} of ${test.questions}</span>
        <progress max=${test.questions} .value=${test.answered} aria-label="Questions answered"></progress>
      </div>
      <div class="pair">
        ${this.passage("first", isPair ? "First" : "The passage")}
        ${isPair ? this.passage("second", "Second") : nothing}
      </div>
      <div class="choices" role="group" aria-label="Your answer">
        ${(isPair ? [["first", "The first"], ["neither", "Neither"], ["second", "The second"]] : [["human", "A person"], ["machine", "A machine"]]).map(
          ([choice, name]) => html`<button class="choice" ?disabled=${!hasHeard} @click=${() => this.answer(choice!)}>${name}</button>`,
        )}
      </div>
      <p class="hint centred">${hasHeard ? "Listen as often as you like." : isPair ? "Listen to both first." : "Listen first."} <button class="link" @click=${this.end}>End here and see the results</button></p>
    `;
  }

  private passage(which: Which, name: string) {
    const { player } = this.session;
    const timeline = this.heard[which];
    const isSounding = this.on === which && player.isPlaying;
    return html`
      <div class="card passage-card ${this.on === which ? "on" : ""}">
        <button class="round play" aria-label="${isSounding ? "Pause" : "Play"}: ${name}" @click=${() => this.hear(which, isSounding)}>${isSounding ? icons.pause : icons.play}</button>
        <b>${name}</b>
        ${timeline ? html`<piece-strip .player=${player} .timeline=${timeline}></piece-strip>` : html`<span class="unheard" aria-hidden="true"></span>`}
      </div>
    `;
  }

  private outcome(results: ListeningResult[]) {
    const answered = this.test?.answered ?? 0;
    return html`
      <h1>What was heard</h1>
      <p class="lead">${answered === 0 ? "No question is answered yet." : "All answers given here so far. The bars show how sure one can be: the shorter, the surer."}</p>
      <div class="card outcome">
        <table>
          <thead><tr><th scope="col">Music</th><th scope="col">Preferred</th><th scope="col">Taken for human</th></tr></thead>
          <tbody>${results.map((result) => html`
            <tr>
              <th scope="row">${result.set}<small>${result.isHuman ? "by people" : "by a model"}</small></th>
              <td>${result.comparisons ? this.bar(result.strength, -3, 3, result.strength.value.toFixed(2)) : "–"}<small>${result.comparisons} comparisons</small></td>
              <td>${result.takenForHuman ? this.bar(result.takenForHuman, 0, 1, `${Math.round(result.takenForHuman.value * 100)} %`) : "–"}<small>${result.singleHearings} heard alone</small></td>
            </tr>`)}
          </tbody>
        </table>
      </div>
      <p class="centred">${this.test?.next ? html`<button class="tool wide" @click=${() => (this.results = undefined)}>Go on listening</button>` : nothing}
        ${this.about?.canBegin ? html`<button class="tool wide" @click=${this.begin}>A new test</button>` : nothing}</p>
    `;
  }

  private bar(range: Range, from: number, to: number, text: string) {
    const place = (value: number) => 100 * Math.min(1, Math.max(0, (value - from) / (to - from)));
    return html`<span class="interval"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><line x1="0" x2="100" y1="4" y2="4"></line><rect x=${place(range.low)} width=${Math.max(1, place(range.high) - place(range.low))} y="2.5" height="3"></rect><rect class="at" x=${place(range.value) - 0.6} width="1.2" y="0" height="8"></rect></svg><b>${text}</b></span>`;
  }

  private begin() {
    void this.attempt(async () => {
      this.test = await api.beginListening();
      this.results = undefined;
      this.fresh();
    });
  }

  private end() {
    void this.attempt(async () => {
      this.session.player.pause();
      this.results = await api.listeningResults(this.test!.id);
    });
  }

  private async hear(which: Which, isSounding: boolean) {
    const { session } = this;
    if (isSounding) return session.player.pause();
    await this.attempt(async () => {
      const awake = session.piano.wake();
      if (this.on !== which) {
        const timeline = this.heard[which] ?? Timeline.of(await api.heard(this.test!.id, this.test!.next!.number, which));
        this.heard = { ...this.heard, [which]: timeline };
        session.player.open(timeline);
        this.on = which;
      }
      await awake;
      await session.player.play();
    });
    return undefined;
  }

  private answer(choice: string) {
    void this.attempt(async () => {
      const { test } = this;
      this.test = await api.answer(test!.id, test!.next!.number, choice);
      this.fresh();
      if (!this.test.next) this.end();
    });
  }

  private fresh() {
    this.session.player.pause();
    this.heard = {};
    this.on = undefined;
  }

  private async attempt(action: () => Promise<unknown>) {
    try {
      await action();
      this.fault = "";
    } catch (fault) {
      this.fault = (fault as Error).message;
      this.session.say(this.fault);
    }
  }
}
