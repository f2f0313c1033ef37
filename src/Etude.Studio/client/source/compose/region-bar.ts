import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { icons } from "../icons.js";
import { SessionElement } from "../session-element.js";
import type { Take } from "./take.js";

/** What can be done with the marked bars of a piece, where the chosen model can fill them. */
@customElement("region-bar")
export class RegionBar extends SessionElement {
  @property({ attribute: false }) take!: Take;

  protected override render() {
    const { session, take } = this;
    const { loop } = session.player;
    if (!loop || take.piece.state !== "done" || !session.minds("gap") || session.player.timeline !== take.timeline) return nothing;
    const number = (time: number) => take.timeline.bars.findLast((bar) => bar.start <= time + 0.01)?.number ?? 1;
    const [first, last] = [number(loop.from), Math.max(number(loop.from), number(loop.to - 0.05))];
    const fill = (hand?: "left" | "right") => () => session.fill(take, loop, hand);
    return html`
      <div class="region" role="toolbar" aria-label="The marked bars">
        <span>${first === last ? `Bar ${first} is marked.` : `Bars ${first} to ${last} are marked.`}</span>
        <button class="tool wide" @click=${fill()}>${icons.compose}<span>Compose them anew</span></button>
        <button class="tool" @click=${fill("right")}>right hand only</button>
        <button class="tool" @click=${fill("left")}>left hand only</button>
      </div>
    `;
  }
}
