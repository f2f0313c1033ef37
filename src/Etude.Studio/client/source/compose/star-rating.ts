import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import { icons } from "../icons.js";

/** Five stars to press; pressing the given rating again takes it back. Fires "rate". */
@customElement("star-rating")
export class StarRating extends LitElement {
  @property({ type: Number }) rating = 0;
  @property({ type: Boolean }) disabled = false;

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return html`<span class="stars" role="group" aria-label=${this.rating ? `Rated ${this.rating} of 5` : "Not rated"}>
      ${[1, 2, 3, 4, 5].map((stars) => html`
        <button class=${stars <= this.rating ? "on" : ""} ?disabled=${this.disabled} aria-label="${stars} of 5 stars" aria-pressed=${stars === this.rating ? "true" : "false"} @click=${() => this.rate(stars)}>
          ${stars <= this.rating ? icons.starred : icons.star}
        </button>`)}
    </span>`;
  }

  private rate(stars: number) {
    this.dispatchEvent(new CustomEvent("rate", { detail: stars, bubbles: true }));
  }
}
