import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Session } from "./session.js";

/** An element that is drawn again when the session changes. Draws into the page itself, under its one style sheet. */
export abstract class SessionElement extends LitElement {
  @property({ attribute: false }) session!: Session;

  private readonly onChange = () => this.requestUpdate();

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.session.addEventListener("change", this.onChange);
    this.session.player.addEventListener("change", this.onChange);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.session.removeEventListener("change", this.onChange);
    this.session.player.removeEventListener("change", this.onChange);
  }
}
