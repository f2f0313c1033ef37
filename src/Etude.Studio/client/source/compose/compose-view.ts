import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { icons } from "../icons.js";
import "../roll/piano-roll.js";
import "../roll/piece-strip.js";
import { clockText } from "../roll/timeline.js";
import { SessionElement } from "../session-element.js";
import "./keys-dialog.js";
import "./primer-panel.js";
import "./region-bar.js";
import "./sheet-music.js";
import type { Sketch } from "./sketch.js";
import "./steer-panel.js";
import { Take } from "./take.js";
import "./take-head.js";
import "./take-shelf.js";
import "./transport-bar.js";

/** The first view: the button, the controls that steer, and the stage with the piece. */
@customElement("compose-view")
export class ComposeView extends SessionElement {
  @state() private showsSheet = false;
  @state() private isOver = false;

  protected override render() {
    const { session } = this;
    const take = session.selected;
    return html`
      <div class="compose ${this.isOver ? "over" : ""}" @dragover=${this.over} @dragleave=${this.leave} @drop=${this.drop}>
        <aside class="rail" aria-label="What to compose">
          ${this.button()}
          <primer-panel .session=${session}></primer-panel>
          <steer-panel .session=${session}></steer-panel>
        </aside>
        <section class="stage" aria-label="The piece">
          ${session.fault ? html`<p class="fault banner" role="alert">${session.fault}<button class="quiet round" aria-label="Dismiss" @click=${this.dismiss}>${icons.close}</button></p>` : nothing}
          ${session.sketch ? this.sketch(session.sketch) : take ? this.piece(take) : session.isAsking ? this.piece(toCome) : this.empty()}
          <take-shelf .session=${session}></take-shelf>
        </section>
        <div class="drop-hint" aria-hidden="true"><span>Drop a MIDI file to begin from it</span></div>
      </div>
      <keys-dialog></keys-dialog>
    `;
  }

  private button() {
    const { session } = this;
    const count = session.settings.takes;
    const name = session.sketch ? "Make it a piece" : session.passage && session.minds("primer") && !session.model?.sliders ? "Continue it" : "Compose";
    const isBare = session.models.length === 0;
    return html`
      <button class="compose-button" ?disabled=${isBare} aria-busy=${session.isAsking ? "true" : "false"} @click=${() => session.compose()}>
        ${icons.compose}<span>${name}${count > 1 ? html` <small>${count} takes</small>` : nothing}</span><kbd aria-hidden="true">C</kbd>
      </button>
      ${isBare ? html`<p class="hint">There is no model yet. Train one, or put the built-in model into the assets folder.</p>` : nothing}
    `;
  }

  private empty() {
    return html`
      <div class="card empty">
        <div class="ghost" aria-hidden="true">${ghost.map((note) => html`<i class=${note}></i>`)}</div>
        <h1>Press Compose.</h1>
        <p>A new piece for the piano begins at once, and you hear it while it is being written.</p>
      </div>
    `;
  }

  private sketch(sketch: Sketch) {
    const { session } = this;
    const { timeline } = sketch;
    return html`
      <div class="take-head">
        <div class="naming">
          <h1>A sketch</h1>
          <p class="facts"><span>${timeline.duration ? clockText(timeline.duration) : "–:––"}</span><span>${timeline.notes.length} notes</span><span>${session.model?.name}</span><span>seed ${sketch.seed}</span></p>
        </div>
        <div class="doings" role="toolbar" aria-label="This sketch">
          ${session.latent.from && session.latent.towards ? html`<button class="tool wide" @click=${() => session.composeTheWay()}>${icons.more}<span>The whole way as a piece</span></button>` : nothing}
          <button class="tool" aria-label="Put the sketch away" title="Put the sketch away" @click=${() => session.closeSketch()}>${icons.close}</button>
        </div>
      </div>
      <div class="card desk">
        <div class="roll-frame">
          <piano-roll steady .player=${session.player} .timeline=${timeline} .label=${"the sketch"}></piano-roll>
          ${sketch.fault ? html`<div class="roll-note fault" role="alert">${sketch.fault}</div>` : nothing}
        </div>
        <piece-strip .player=${session.player} .timeline=${timeline}></piece-strip>
        <transport-bar .session=${session}></transport-bar>
      </div>
    `;
  }

  private piece(take: Take) {
    const { session } = this;
    const percent = Math.round(take.share * 100);
    return html`
      <take-head .session=${session} .take=${take} .showsSheet=${this.showsSheet} @sheet=${() => (this.showsSheet = !this.showsSheet)}></take-head>
      <div class="card desk">
        <div class="roll-frame">
          <piano-roll .player=${session.player} .timeline=${take.timeline} .label=${take.piece.title}></piano-roll>
          ${take.fault ? html`<div class="roll-note fault" role="alert">${take.fault}</div>`
            : take.piece.state === "waiting" ? html`<div class="roll-note">Waiting for its turn…</div>`
            : take.piece.state === "composing" && take.timeline.notes.length === 0 ? html`<div class="roll-note">Composing…</div>` : nothing}
          ${take.isUnfinished ? html`<div class="progress" role="progressbar" aria-label="Composing" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}><progress max="100" .value=${percent}></progress></div>` : nothing}
        </div>
        <piece-strip .player=${session.player} .timeline=${take.timeline} .share=${take.share}></piece-strip>
        <region-bar .session=${session} .take=${take}></region-bar>
        <transport-bar .session=${session}></transport-bar>
      </div>
      ${this.showsSheet && take.piece.state === "done" ? html`<sheet-music .session=${session} .take=${take}></sheet-music>` : nothing}
    `;
  }

  private dismiss() {
    this.session.fault = "";
    this.session.tell();
  }

  private over(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isOver = true;
  }

  private leave(event: DragEvent) {
    if (!event.relatedTarget || !this.contains(event.relatedTarget as Node)) this.isOver = false;
  }

  private drop(event: DragEvent) {
    const file = event.dataTransfer?.files[0];
    this.isOver = false;
    if (!file) return;
    event.preventDefault();
    void this.querySelector("primer-panel")!.take(file);
  }
}

// Stands on the stage from the click to the studio's answer, so that nothing moves when that comes.
const toCome = new Take({ id: "", created: "", title: "A new piece", state: "waiting", request: { seed: NaN, bars: 0, temperature: 1 }, model: "", notes: 0, seconds: 0, composedFromSeconds: 0, kept: false, rating: 0 });

// The notes of the empty stage: place and length by class, so that no inline style is needed.
const ghost = Array.from({ length: 14 }, (_, index) => `g${index}`);
