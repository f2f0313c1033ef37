import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api.js";
import { icons } from "../icons.js";
import { clockText } from "../roll/timeline.js";
import { SessionElement } from "../session-element.js";
import "./star-rating.js";
import type { Take } from "./take.js";

/** The title of the piece on the stage, how it was made, and what can be done with it. */
@customElement("take-head")
export class TakeHead extends SessionElement {
  @property({ attribute: false }) take!: Take;
  @property({ type: Boolean }) showsSheet = false;
  @state() private asksToDelete = false;

  protected override render() {
    const { take, session } = this;
    const { piece } = take;
    const isDone = piece.state === "done";
    return html`
      <div class="take-head">
        <div class="naming">
          <h1>${piece.title}</h1>
          <p class="facts">
            <span>${take.timeline.duration ? clockText(take.timeline.duration) : "–:––"}</span>
            <span>${take.timeline.notes.length} notes</span>
            <span>${piece.model}</span>
            ${Number.isNaN(piece.request.seed) ? nothing : html`<button class="seed" title="Compose with this seed again: the same seed and settings give the same piece" @click=${() => session.set({ seed: piece.request.seed })}>seed ${piece.request.seed}</button>`}
            ${piece.request.primer ? html`<span class="given-mark">continues a given passage</span>` : nothing}
          </p>
        </div>
        <div class="doings" role="toolbar" aria-label="This piece">
          <star-rating .rating=${piece.rating} ?disabled=${!isDone} @rate=${(event: CustomEvent<number>) => session.rate(take, event.detail)}></star-rating>
          <button class="tool" ?disabled=${!isDone} aria-pressed=${piece.kept ? "true" : "false"} @click=${() => session.keep(take, !piece.kept)}>${piece.kept ? icons.kept : icons.keep}<span>${piece.kept ? "Kept" : "Keep"}</span></button>
          <button class="tool" ?disabled=${!isDone} title="A new piece that begins as this one does" @click=${() => session.moreLike(take)}>${icons.more}<span>More like this</span></button>
          <button class="tool" ?disabled=${!isDone} aria-pressed=${this.showsSheet ? "true" : "false"} @click=${() => this.dispatchEvent(new Event("sheet"))}>${icons.sheet}<span>Sheet music</span></button>
          <details class="menu" @click=${this.closeMenu} @focusout=${this.leaveMenu} @keydown=${this.menuKey}>
            <summary class="tool ${isDone ? "" : "disabled"}" role="button" aria-disabled=${isDone ? "false" : "true"} @click=${(event: Event) => isDone || event.preventDefault()}>${icons.download}<span>Download</span></summary>
            <div class="sheet-of-choices">
              <a download href=${api.file(piece.id, "mid")}><b>MIDI</b><small>for notation and music programs</small></a>
              <a download href=${api.file(piece.id, "wav")}><b>WAV</b><small>sound, rendered by the studio</small></a>
              <a download href=${api.file(piece.id, "musicxml")}><b>MusicXML</b><small>sheet music for MuseScore and others</small></a>
            </div>
          </details>
          <button class="tool" ?disabled=${!isDone} @click=${this.share}>${icons.share}<span>Share</span></button>
          ${this.asksToDelete
            ? html`<span class="sure"><button class="tool danger" @click=${this.discard}>Delete for good</button><button class="tool" @click=${() => (this.asksToDelete = false)}>Cancel</button></span>`
            : html`<button class="tool" aria-label="Delete" title="Delete" @click=${this.ask}>${icons.remove}</button>`}
        </div>
      </div>
    `;
  }

  private async share() {
    const address = `${location.origin}/p/${this.take.id}`;
    try {
      await navigator.clipboard.writeText(address);
      this.session.say("The link is on the clipboard.");
      this.session.dispatchEvent(new CustomEvent("toast", { detail: "Link copied" }));
    } catch {
      prompt("The link to this piece", address);
    }
  }

  // A piece nobody kept is gone at a click; a kept one is worth a question.
  private ask() {
    if (this.take.piece.kept) this.asksToDelete = true;
    else this.discard();
  }

  private discard() {
    this.asksToDelete = false;
    void this.session.remove(this.take);
  }

  private closeMenu(event: Event) {
    const menu = event.currentTarget as HTMLDetailsElement;
    if ((event.target as Element).closest("a")) menu.open = false;
  }

  private leaveMenu(event: FocusEvent) {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
  }

  private menuKey(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    const menu = event.currentTarget as HTMLDetailsElement;
    menu.open = false;
    menu.querySelector("summary")!.focus();
  }
}
