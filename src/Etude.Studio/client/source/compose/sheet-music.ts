import { html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api } from "../api.js";
import { SessionElement } from "../session-element.js";
import type { Take } from "./take.js";

/** The piece as sheet music, engraved in the page. The engraver is fetched when it is first wanted. */
@customElement("sheet-music")
export class SheetMusic extends SessionElement {
  @property({ attribute: false }) take!: Take;
  @state() private fault = "";
  @state() private isDrawing = false;

  protected override render() {
    return html`
      <section class="card sheet" aria-label="Sheet music" aria-busy=${this.isDrawing ? "true" : "false"}>
        ${this.isDrawing ? html`<p class="quiet-text">Engraving…</p>` : nothing}
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <div class="paper" role="img" aria-label="Sheet music of ${this.take.piece.title}"></div>
      </section>
    `;
  }

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has("take") && changed.get("take")?.id !== this.take.id) void this.engrave();
  }

  private async engrave() {
    const paper = this.querySelector<HTMLElement>(".paper")!;
    const id = this.take.id;
    paper.replaceChildren();
    this.fault = "";
    this.isDrawing = true;
    try {
      const [{ OpenSheetMusicDisplay }, text] = await Promise.all([import("opensheetmusicdisplay"), api.text(api.file(id, "musicxml"))]);
      if (id !== this.take.id) return;
      const display = new OpenSheetMusicDisplay(paper, { autoResize: true, backend: "svg", drawTitle: false, drawPartNames: false, drawingParameters: "compacttight" });
      await display.load(text);
      display.zoom = innerWidth < 600 ? 0.6 : 0.85;
      display.render();
    } catch (fault) {
      this.fault = `The sheet music could not be drawn. ${(fault as Error).message}`;
    }
    this.isDrawing = false;
  }
}
