import { LitElement, html } from "lit";
import { customElement } from "lit/decorators.js";

const keys: [string, string][] = [
  ["C", "Compose"],
  ["Space", "Play or pause"],
  ["← →", "One bar back or on"],
  ["Home", "To the start"],
  ["L", "Loop four bars, or let go"],
  ["+ − 0", "Zoom in, out, whole piece"],
  ["N P", "Next or previous take"],
  ["1 … 5", "Rate"],
  ["K", "Keep"],
];

/** What the keys do; opened by the question mark. */
@customElement("keys-dialog")
export class KeysDialog extends LitElement {
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return html`
      <dialog class="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl>${keys.map(([key, does]) => html`<dt><kbd>${key}</kbd></dt><dd>${does}</dd>`)}</dl>
        <form method="dialog"><button class="tool">Close</button></form>
      </dialog>
    `;
  }
}
