import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, type Run } from "../api.js";
import { icons } from "../icons.js";
import { Timeline } from "../roll/timeline.js";
import { SessionElement } from "../session-element.js";
import { lasting } from "./lasting.js";
import "./loss-chart.js";
import "./new-run.js";

const stateNames: Record<Run["state"], string> = {
  waiting: "waits for another run", preparing: "reads the music", training: "training", stopped: "stopped", done: "done", failed: "failed",
};

/** Learn from your own music: a new run, the runs there are, their curves on one chart, and what each epoch has learned, to hear. */
@customElement("train-view")
export class TrainView extends SessionElement {
  @state() private runs: Run[] = [];
  @state() private shown = new Set<string>();
  @state() private fault = "";
  @state() private hearing = "";
  @state() private sure = "";
  @state() private isReady = false;
  private source?: EventSource;
  private isFirst = true;

  override connectedCallback() {
    super.connectedCallback();
    this.source = api.runEvents();
    this.source.addEventListener("run", (event) => this.took(JSON.parse((event as MessageEvent<string>).data) as Run));
    this.source.addEventListener("gone", (event) => {
      const name = JSON.parse((event as MessageEvent<string>).data) as string;
      this.runs = this.runs.filter((run) => run.name !== name);
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.source?.close();
    this.session.select(this.session.selected);
  }

  protected override render() {
    const charted = this.runs.filter((run) => this.shown.has(run.name) && run.epochs.length > 0);
    return html`
      <section class="train">
        <h1>Train</h1>
        <p class="lead">Teach a model on music of your own. It stays on this computer.</p>
        <new-run .taken=${this.runs.map((run) => run.name)} @ready=${() => (this.isReady = true)} @begun=${(event: CustomEvent<Run>) => this.took(event.detail)}></new-run>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        ${this.isReady && this.runs.length ? html`
          <h2>Runs</h2>
          ${charted.length ? html`<loss-chart .runs=${charted}></loss-chart>` : nothing}
          <ul class="runs">${this.runs.map((run) => this.row(run))}</ul>` : nothing}
      </section>
    `;
  }

  private row(run: Run) {
    const isActive = run.state === "training" || run.state === "preparing" || run.state === "waiting";
    const made = run.epochs.length + (run.now?.share ?? 0);
    const last = run.epochs.at(-1);
    const best = run.epochs.reduce((least, epoch) => Math.min(least, epoch.heldOutLoss ?? epoch.trainLoss ?? Infinity), Infinity);
    return html`
      <li class="run">
        <label class="shown" title="Show on the chart"><input type="checkbox" .checked=${this.shown.has(run.name)} ?disabled=${!run.epochs.length} @change=${() => this.turn(run.name)} /><span class="unseen">Show ${run.name} on the chart</span></label>
        <div class="about">
          <b>${run.name}</b>
          <small>${run.recipe} · ${stateNames[run.state]}${run.epochs.length ? ` · ${run.epochs.length} of ${run.epochsWanted} passes` : ""}${Number.isFinite(best) ? ` · best loss ${best.toFixed(3)}` : ""}${last?.heldOutAccuracy ? ` · ${(last.heldOutAccuracy * 100).toFixed(1)} % right` : ""}</small>
          ${run.state === "training" ? html`
            <progress max=${run.epochsWanted} .value=${made} aria-label="Training ${run.name}"></progress>
            <small>${run.now ? html`pass ${run.now.epoch}, ${Math.round(run.now.share * 100)} % · ${run.now.loss ? `loss ${run.now.loss.toFixed(3)} · ` : ""}${Math.round(run.now.tokensPerSecond).toLocaleString("en")} tokens a second · ${lasting(run.now.secondsLeft)} left` : "beginning…"}</small>` : nothing}
          ${run.fault ? html`<p class="fault">${run.fault}</p>` : nothing}
          ${run.models.some((model) => model !== "last") ? html`<div class="epochs" role="group" aria-label="Hear what ${run.name} has learned">
            <small>Hear it:</small>${run.models.filter((model) => model !== "last").map((model) => this.sample(run, model))}
          </div>` : nothing}
        </div>
        <span class="row-tools">
          ${isActive ? html`<button class="tool" @click=${() => this.attempt(() => api.run(run.name, "stop"))}>Stop</button>` : nothing}
          ${run.canGoOn ? html`<button class="tool" @click=${() => this.attempt(() => api.run(run.name, "resume"))}>Go on</button>` : nothing}
          ${run.models.includes("best") ? html`<button class="tool" @click=${() => this.composeWith(run)}>Compose with it</button>` : nothing}
          ${isActive ? nothing : this.sure === run.name
            ? html`<button class="tool danger" @click=${() => this.attempt(() => api.removeRun(run.name))}>Delete for good</button><button class="tool" @click=${() => (this.sure = "")}>Cancel</button>`
            : html`<button class="tool" aria-label="Delete ${run.name}" @click=${() => (this.sure = run.name)}>${icons.remove}</button>`}
        </span>
      </li>
    `;
  }

  private sample(run: Run, model: string) {
    const name = model === "best" ? run.name : `${run.name}/${model}`;
    const isOn = this.hearing === name;
    const isSounding = isOn && this.session.player.isPlaying;
    const label = model === "best" ? "best" : `pass ${Number(model.replace(/\D/g, ""))}`;
    return html`<button class="chip" aria-pressed=${isOn ? "true" : "false"} aria-label="${isSounding ? "Pause" : "Hear"} ${label}" @click=${() => this.hear(name, isSounding)}>${isSounding ? icons.pause : icons.play}${label}</button>`;
  }

  private took(run: Run) {
    const known = this.runs.findIndex((other) => other.name === run.name);
    this.runs = known < 0 ? (this.isFirst ? [...this.runs, run] : [run, ...this.runs]) : this.runs.with(known, run);
    // Losses of one recipe can be compared at sight; others join the chart when they are asked for.
    const [chosen] = this.shown;
    const isAlike = !chosen || this.runs.find((other) => other.name === chosen)?.recipe === run.recipe;
    if (known < 0 && this.shown.size < 4 && isAlike) this.shown = new Set([...this.shown, run.name]);
    // What comes at once is the list in its order; what comes later is new.
    setTimeout(() => (this.isFirst = false), 500);
  }

  private turn(name: string) {
    const shown = new Set(this.shown);
    if (!shown.delete(name)) shown.add(name);
    this.shown = shown;
  }

  /** Eight bars of the same seed from any epoch, so that epochs can be compared by ear. */
  private async hear(model: string, isSounding: boolean) {
    const { session } = this;
    if (isSounding) return session.player.pause();
    await this.attempt(async () => {
      const awake = session.piano.wake();
      if (this.hearing !== model) {
        let piece = await api.compose({ model, seed: 1, bars: 8 });
        while (piece.state === "waiting" || piece.state === "composing") {
          await new Promise((resolve) => setTimeout(resolve, 120));
          piece = await api.piece(piece.id);
        }
        if (piece.state !== "done") throw new Error(piece.fault);
        session.player.open(Timeline.of(await api.score(piece.id)));
        this.hearing = model;
      }
      await awake;
      await session.player.play();
    });
    return undefined;
  }

  private async composeWith(run: Run) {
    await this.attempt(async () => {
      this.session.models = await api.models();
      this.session.set({ model: run.name });
      document.querySelector<HTMLAnchorElement>('header a[href="/"]')!.click();
    });
  }

  private async attempt(action: () => Promise<unknown>) {
    this.sure = "";
    try {
      await action();
      this.fault = "";
    } catch (fault) {
      this.fault = (fault as Error).message;
      this.session.say(this.fault);
    }
  }
}
