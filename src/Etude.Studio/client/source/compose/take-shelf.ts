import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import { icons } from "../icons.js";
import { clockText } from "../roll/timeline.js";
import { SessionElement } from "../session-element.js";
import type { Take } from "./take.js";

/** The takes of this sitting, side by side. */
@customElement("take-shelf")
export class TakeShelf extends SessionElement {
  protected override render() {
    const { takes } = this.session;
    if (takes.length < 2) return nothing;
    return html`
      <section class="shelf" aria-label="Takes">
        <h2>Takes</h2>
        <ul>${takes.map((take, index) => this.card(take, takes.length - index))}</ul>
      </section>
    `;
  }

  private card(take: Take, number: number) {
    const { session } = this;
    const isOn = take === session.selected && !session.sketch;
    const isSounding = isOn && session.player.isPlaying;
    const { piece } = take;
    return html`
      <li class="take ${isOn ? "on" : ""}">
        <button class="face" aria-current=${isOn ? "true" : "false"} aria-label="Take ${number}: ${piece.title}" @click=${() => session.select(take)}>
          <piece-strip .timeline=${take.timeline} .share=${take.share}></piece-strip>
          <span class="line"><b>${piece.title}</b></span>
          <span class="line quiet-text">${take.fault ? "failed" : take.isUnfinished ? `${Math.round(take.share * 100)} %` : clockText(take.timeline.duration)} · seed ${piece.request.seed}${piece.rating ? ` · ${"★".repeat(piece.rating)}` : ""}</span>
        </button>
        <button class="round quiet hear" aria-label=${isSounding ? "Pause" : `Play take ${number}`} @click=${() => this.hear(take, isSounding)}>${isSounding ? icons.pause : icons.play}</button>
      </li>
    `;
  }

  private hear(take: Take, isSounding: boolean) {
    const { session } = this;
    if (isSounding) return session.player.pause();
    session.select(take);
    void session.play();
  }
}
