import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, type Originality, type Piece } from "../api.js";
import "../compose/star-rating.js";
import { icons } from "../icons.js";
import { Timeline, clockText } from "../roll/timeline.js";
import "../roll/piece-strip.js";
import { SessionElement } from "../session-element.js";

const pageSize = 50;

/** All kept pieces: search, filter, play in a row. */
@customElement("library-view")
export class LibraryView extends SessionElement {
  @state() private pieces: Piece[] = [];
  @state() private total = 0;
  @state() private fault = "";
  @state() private isLoading = true;
  @state() private search = "";
  @state() private model = "";
  @state() private rating = 0;
  @state() private playing?: string;
  private readonly originality = new Map<string, string>();
  private readonly timelines = new Map<string, Timeline>();
  private timer = 0;
  private readonly onEnded = () => void this.playNext();

  override connectedCallback() {
    super.connectedCallback();
    this.session.player.addEventListener("ended", this.onEnded);
    void this.load();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.session.player.removeEventListener("ended", this.onEnded);
    if (this.playing) this.session.select(this.session.selected);
  }

  protected override render() {
    const isFiltered = this.search !== "" || this.model !== "" || this.rating > 0;
    return html`
      <section class="library">
        <div class="library-head">
          <h1>Library</h1>
          <span class="quiet-text">${this.isLoading ? "" : this.total === 1 ? "1 piece" : `${this.total} pieces`}</span>
          <button class="tool wide" ?disabled=${!this.pieces.length} @click=${this.playAll}>${icons.play}<span>Play all</span></button>
        </div>
        <div class="filters" role="search">
          <label class="search">${icons.search}<span class="unseen">Search</span><input type="search" placeholder="Search titles" .value=${this.search} @input=${this.searched} /></label>
          ${this.session.models.length > 1 ? html`
            <label><span class="unseen">Model</span><select @change=${this.modelChosen}>
              <option value="">All models</option>${this.session.models.map((model) => html`<option>${model.name}</option>`)}
            </select></label>` : nothing}
          <label><span class="unseen">Rating</span><select @change=${this.ratingChosen}>
            <option value="0">Any rating</option>${[1, 2, 3, 4, 5].map((stars) => html`<option value=${stars}>${"★".repeat(stars)}${stars < 5 ? " and more" : ""}</option>`)}
          </select></label>
        </div>
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        ${!this.isLoading && !this.pieces.length && !this.fault ? html`
          <div class="card empty small">
            <h2>${isFiltered ? "Nothing matches." : "Nothing is kept yet."}</h2>
            <p>${isFiltered ? "Try fewer words, or any rating." : html`Compose a piece and press <b>Keep</b>: it will wait for you here.`}</p>
          </div>` : nothing}
        <ul class="pieces">${this.pieces.map((piece) => this.row(piece))}</ul>
        ${this.pieces.length < this.total ? html`<button class="tool more" @click=${() => this.load(this.pieces.length)}>Show more</button>` : nothing}
      </section>
    `;
  }

  private row(piece: Piece) {
    const isOn = this.playing === piece.id;
    const isSounding = isOn && this.session.player.isPlaying;
    const { request } = piece;
    return html`
      <li class="piece ${isOn ? "on" : ""}">
        <button class="round play small" aria-label="${isSounding ? "Pause" : "Play"} ${piece.title}" @click=${() => this.hear(piece, isSounding)}>${isSounding ? icons.pause : icons.play}</button>
        <div class="about">
          <a href="/p/${piece.id}"><b>${piece.title}</b></a>
          <small>${new Date(piece.created).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" })} · ${clockText(piece.seconds)} · ${piece.notes} notes</small>
          <details @toggle=${(event: Event) => this.compare(piece, (event.target as HTMLDetailsElement).open)}><summary>How it was made</summary>
            <dl class="made">
              <dt>Model</dt><dd>${piece.model}${piece.modelHash ? html` <small>${piece.modelHash.slice(0, 12)}</small>` : nothing}</dd>
              <dt>Seed</dt><dd>${request.seed}</dd>
              <dt>Length</dt><dd>${request.bars} bars${request.primer ? ", continuing a given passage" : ""}</dd>
              ${steered(piece) ? html`<dt>Steered</dt><dd>${steered(piece)}</dd>` : nothing}
              <dt>Boldness</dt><dd>${request.temperature}${request.topK ? `, top-k ${request.topK}` : ""}${(request.topP ?? 1) < 1 ? `, top-p ${request.topP}` : ""}${request.minP ? `, min-p ${request.minP}` : ""}${request.repetition === undefined ? "" : `, repetition ${request.repetition}`}</dd>
              ${piece.natsPerToken ? html`<dt>Surprise</dt><dd>${piece.natsPerToken.toFixed(2)} nats a token</dd>` : nothing}
              <dt>Originality</dt><dd>${this.originality.get(piece.id) ?? "Comparing…"}</dd>
              ${piece.composingSeconds ? html`<dt>Composed in</dt><dd>${piece.composingSeconds.toFixed(1)} s</dd>` : nothing}
            </dl>
          </details>
        </div>
        ${isOn && this.timelines.has(piece.id) ? html`<piece-strip .player=${this.session.player} .timeline=${this.timelines.get(piece.id)!}></piece-strip>` : nothing}
        <star-rating .rating=${piece.rating} @rate=${(event: CustomEvent<number>) => this.change(piece, { rating: piece.rating === event.detail ? 0 : event.detail })}></star-rating>
        <span class="row-tools">
          <a class="tool" download href=${api.file(piece.id, "mid")} aria-label="Download ${piece.title} as MIDI" title="Download MIDI">${icons.download}</a>
          <button class="tool" aria-label="No longer keep ${piece.title}" title="No longer keep" @click=${() => this.change(piece, { kept: false })}>${icons.kept}</button>
        </span>
      </li>
    `;
  }

  private async load(skip = 0) {
    try {
      const page = await api.library({ search: this.search, model: this.model, rating: this.rating, skip, take: pageSize });
      this.pieces = skip ? [...this.pieces, ...page.pieces] : page.pieces;
      this.total = page.total;
      this.fault = "";
    } catch (fault) {
      this.fault = (fault as Error).message;
    }
    this.isLoading = false;
  }

  private async compare(piece: Piece, isOpen: boolean) {
    if (!isOpen || this.originality.has(piece.id)) return;
    let sentence: string;
    try {
      const { notes, pieces, longestRun, isCopy, runs } = await api.originality(piece.id);
      sentence = runs ? ofRuns(runs) : !longestRun ? `Nothing of it stands in the ${pieces} pieces the model learned from.`
        : `The longest run that it shares with the ${pieces} pieces the model learned from is ${longestRun.notes} of its ${notes} notes, at bar ${longestRun.bar}, as in ${longestRun.source}, bar ${longestRun.sourceBar}.${isCopy ? " That is a copy." : ""}`;
    } catch (fault) {
      sentence = (fault as Error).message;
    }
    this.originality.set(piece.id, sentence);
    this.requestUpdate();
  }

  private async hear(piece: Piece, isSounding: boolean) {
    const { player } = this.session;
    if (isSounding) return player.pause();
    try {
      await this.session.piano.wake();
      if (this.playing !== piece.id) {
        const timeline = this.timelines.get(piece.id) ?? Timeline.of(await api.score(piece.id));
        this.timelines.set(piece.id, timeline);
        player.open(timeline);
        this.playing = piece.id;
      }
      await player.play();
      this.session.say(`Playing ${piece.title}.`);
    } catch (fault) {
      this.fault = (fault as Error).message;
    }
    return undefined;
  }

  private playAll() {
    const first = this.pieces[0];
    if (first) void this.hear(first, false);
  }

  private async playNext() {
    const next = this.pieces[this.pieces.findIndex((piece) => piece.id === this.playing) + 1];
    if (next && this.playing) await this.hear(next, false);
    else this.playing = undefined;
  }

  private async change(piece: Piece, change: { kept?: boolean; rating?: number }) {
    try {
      const changed = await api.update(piece.id, change);
      this.pieces = changed.kept ? this.pieces.map((other) => (other.id === piece.id ? changed : other)) : this.pieces.filter((other) => other.id !== piece.id);
      if (!changed.kept) this.total--;
      const take = this.session.takes.find((known) => known.id === piece.id);
      if (take) take.piece = changed;
    } catch (fault) {
      this.fault = (fault as Error).message;
    }
  }

  private searched(event: InputEvent) {
    this.search = (event.target as HTMLInputElement).value;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), 150);
  }

  private modelChosen(event: Event) {
    this.model = (event.target as HTMLSelectElement).value;
    void this.load();
  }

  private ratingChosen(event: Event) {
    this.rating = Number((event.target as HTMLSelectElement).value);
    void this.load();
  }
}

/** What the small index says: it never misses a run that stands there, and about one in 150 it finds by mistake. */
function ofRuns({ length, count, held }: NonNullable<Originality["runs"]>): string {
  if (count === 0) return "Too short to compare.";
  const share = `${held} of its ${count} runs of ${length} notes`;
  return held === 0 ? `No run of ${length} notes or more stands in the music the model learned from.`
    : held <= Math.max(2, count / 50) ? `${share} may stand in the music the model learned from; so few are found by mistake.`
    : `${share} stand in the music the model learned from.${held > count / 2 ? " That is a copy." : ""}`;
}

function steered({ request: { steering, latent, gap } }: Piece): string {
  return [
    steering?.style, steering?.key, steering?.meter, steering?.notesPerQuarter && `${steering.notesPerQuarter} notes a beat`,
    latent?.towards ? "between two pieces" : latent?.slides?.length ? `${latent.slides.length} sliders moved` : undefined,
    gap && `bars composed anew${gap.hand ? `, ${gap.hand} hand` : ""}`,
  ].filter(Boolean).join(", ");
}
