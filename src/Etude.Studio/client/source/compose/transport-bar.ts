import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { icons } from "../icons.js";
import { clockText } from "../roll/timeline.js";
import { SessionElement } from "../session-element.js";

/** Play, place, tempo, loop, zoom and loudness. */
@customElement("transport-bar")
export class TransportBar extends SessionElement {
  @state() private volume = 100;
  private frame = 0;
  private readonly onLoop = () => this.turnLoop();

  override connectedCallback() {
    super.connectedCallback();
    document.querySelector("etude-app")?.addEventListener("etude-loop", this.onLoop);
    const tick = () => {
      this.frame = requestAnimationFrame(tick);
      const clock = this.querySelector(".clock b");
      const text = clockText(this.session.player.position);
      if (clock && clock.textContent !== text) clock.textContent = text;
    };
    tick();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.querySelector("etude-app")?.removeEventListener("etude-loop", this.onLoop);
    cancelAnimationFrame(this.frame);
  }

  protected override render() {
    const { player } = this.session;
    const roll = () => this.closest(".desk")?.querySelector("piano-roll");
    const percent = Math.round(player.tempo * 100);
    return html`
      <div class="transport" role="toolbar" aria-label="Playing">
        <button class="round quiet" aria-label="To the start" title="To the start (Home)" @click=${() => player.seek(player.loop?.from ?? 0)}>${icons.start}</button>
        <button class="round play" aria-label=${player.isPlaying ? "Pause" : "Play"} title="Play or pause (space)" @click=${() => (player.isPlaying ? player.pause() : this.session.play())}>
          ${player.isPlaying ? icons.pause : icons.play}
        </button>
        <span class="clock"><b></b><i>/ ${clockText(player.timeline.duration)}</i></span>
        <button class="round quiet" aria-label="Loop" title="Loop (L): drag on the bar numbers to choose a region" aria-pressed=${player.loop ? "true" : "false"} @click=${this.turnLoop}>${icons.loop}</button>
        <label class="slim"><span>Tempo</span>
          <input type="range" min="40" max="160" step="5" .value=${String(percent)} aria-valuetext="${percent} percent" @input=${(event: InputEvent) => player.setTempo(Number((event.target as HTMLInputElement).value) / 100)} />
          <output>${percent}%</output>
        </label>
        <label class="slim loud" title="Loudness">${icons.volume}<span class="unseen">Loudness</span>
          <input type="range" min="0" max="100" .value=${String(this.volume)} @input=${this.setVolume} />
        </label>
        <span class="zooms">
          <button class="round quiet" aria-label="Zoom out" title="Zoom out (−)" @click=${() => roll()?.zoom(1 / 1.4)}>${icons.wider}</button>
          <button class="round quiet" aria-label="Zoom in" title="Zoom in (+)" @click=${() => roll()?.zoom(1.4)}>${icons.closer}</button>
          <button class="round quiet" aria-label="Show the whole piece" title="Show the whole piece (0)" @click=${() => roll()?.fit()}>${icons.fit}</button>
        </span>
      </div>
    `;
  }

  private setVolume(event: InputEvent) {
    this.volume = Number((event.target as HTMLInputElement).value);
    this.session.piano.setVolume((this.volume / 100) ** 2);
  }

  /** Loops the four bars from here, or lets go of the loop. */
  private turnLoop() {
    const { player } = this.session;
    const { timeline, position } = player;
    const from = timeline.barAt(position);
    const to = timeline.barAt(from + 0.01, 4);
    player.setLoop(player.loop ? undefined : { from, to: to > from + 0.5 ? to : timeline.duration });
  }
}
