import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { api, type Primer } from "../api.js";
import { icons } from "../icons.js";
import { Timeline, clockText } from "../roll/timeline.js";
import "../roll/piece-strip.js";
import { SessionElement } from "../session-element.js";

/** Begin from my music: drop a MIDI file, see it, choose the passage that leads. */
@customElement("primer-panel")
export class PrimerPanel extends SessionElement {
  @state() private fault = "";
  @state() private isReading = false;
  private timeline = new Timeline();
  private shownFor = "";

  /** Reads a chosen or dropped file. */
  async take(file: File): Promise<void> {
    this.fault = "";
    this.isReading = true;
    try {
      const most = this.session.studio!.limits.uploadBytes;
      if (file.size > most) throw new Error(`${file.name} is larger than ${Math.round(most / 1e6)} MB, which is the most this studio takes.`);
      const primer = await api.sendPrimer(file);
      this.lay(primer);
      const to = Math.min(this.timeline.duration, this.timeline.barAt(0.01, 8) || 16);
      this.session.passage = { primer, from: 0, to };
      this.session.say(`${primer.name}: ${primer.noteCount} notes. Choose the passage that leads, then continue it.`);
      this.session.tell();
    } catch (fault) {
      this.fault = (fault as Error).message;
      this.session.say(this.fault);
    }
    this.isReading = false;
  }

  protected override render() {
    const { passage } = this.session;
    return html`
      <div class="primer ${passage ? "held" : ""}">
        ${passage ? this.chosen() : html`
          <label class="drop">
            <input type="file" class="unseen" accept=".mid,.midi,.kar,.rmi,audio/midi" @change=${this.choose} />
            ${icons.file}<span><b>${this.isReading ? "Reading…" : "Begin from my music"}</b><small>Drop a MIDI file, or choose one.</small></span>
          </label>`}
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      </div>
    `;
  }

  private chosen() {
    const { session } = this;
    const { primer, from, to } = session.passage!;
    if (this.shownFor !== primer.id) this.lay(primer);
    const whole = this.timeline.duration;
    const place = (event: Event) => Number((event.target as HTMLInputElement).value);
    return html`
      <div class="primer-head">
        <span><b>${primer.name}</b><small>${primer.noteCount} notes, ${clockText(primer.seconds)}</small></span>
        <button class="quiet round" aria-label="Listen to the passage" title="Listen to the passage" @click=${this.hear}>${icons.play}</button>
        <button class="quiet round" aria-label="Put the file away" title="Put the file away" @click=${this.putAway}>${icons.close}</button>
      </div>
      <div class="passage" @pointerdown=${this.grab}>
        <piece-strip .timeline=${this.timeline}></piece-strip>
        <svg class="shade" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect x="0" y="0" width=${(from / whole) * 100} height="10"></rect>
          <rect x=${(to / whole) * 100} y="0" width=${100 - (to / whole) * 100} height="10"></rect>
        </svg>
      </div>
      <div class="ends">
        <label><span class="unseen">The passage begins at</span><input type="range" min="0" max=${whole} step="0.1" .value=${String(from)} aria-valuetext=${clockText(from)} @input=${(event: Event) => this.setPassage(Math.min(place(event), to - 0.5), to)} /></label>
        <label><span class="unseen">The passage ends at</span><input type="range" min="0" max=${whole} step="0.1" .value=${String(to)} aria-valuetext=${clockText(to)} @input=${(event: Event) => this.setPassage(from, Math.max(place(event), from + 0.5))} /></label>
      </div>
      <small>The passage from ${clockText(from)} to ${clockText(to)} leads; the model continues it.</small>
      ${primer.repairs.length ? html`<details class="repairs"><summary>${primer.repairs.length === 1 ? "One thing was mended in the file" : `${primer.repairs.length} things were mended in the file`}</summary><ul>${primer.repairs.slice(0, 20).map((repair) => html`<li>${repair}</li>`)}</ul></details>` : nothing}
    `;
  }

  private lay(primer: Primer) {
    this.timeline = Timeline.of(primer.score);
    this.timeline.composedFrom = Infinity;
    this.shownFor = primer.id;
  }

  private setPassage(from: number, to: number) {
    this.session.passage = { ...this.session.passage!, from: Math.max(0, from), to };
    this.session.tell();
  }

  // Drags over the picture: from where the pointer goes down to where it is.
  private grab(event: PointerEvent) {
    const area = event.currentTarget as HTMLElement;
    const at = (moved: PointerEvent) => {
      const box = area.getBoundingClientRect();
      return Math.min(1, Math.max(0, (moved.clientX - box.left) / box.width)) * this.timeline.duration;
    };
    const start = at(event);
    const move = (moved: PointerEvent) => {
      const [from, to] = [start, at(moved)].sort((a, b) => a - b) as [number, number];
      if (to - from > 0.5) this.setPassage(from, to);
    };
    const stop = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", stop);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop);
  }

  private async hear() {
    const { player, passage } = this.session;
    player.open(this.timeline);
    player.setLoop({ from: passage!.from, to: passage!.to });
    await this.session.attempt(() => player.play(passage!.from));
  }

  private putAway() {
    const { session } = this;
    session.passage = undefined;
    if (session.player.timeline === this.timeline) session.select(session.selected);
    this.fault = "";
    session.tell();
  }

  private choose(event: Event) {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    field.value = "";
    if (file) void this.take(file);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "primer-panel": PrimerPanel;
  }
}
