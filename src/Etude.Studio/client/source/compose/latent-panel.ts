import { html, nothing } from "lit";
import { customElement } from "lit/decorators.js";
import type { LatentSlider } from "../api.js";
import type { Latent } from "../session.js";
import { SessionElement } from "../session-element.js";

const sources: [Latent["source"], string][] = [["chance", "Chance"], ["average", "Average"], ["piece", "My music"]];

/** The sliders of a model with a latent: the music follows while they move. Also the way between two pieces. */
@customElement("latent-panel")
export class LatentPanel extends SessionElement {
  protected override render() {
    const { session } = this;
    const { latent, model } = session;
    if (!model?.sliders) return nothing;
    const isMoved = Object.values(latent.slides).some((deviations) => deviations !== 0);
    return html`
      <fieldset class="latent">
        <legend>Character</legend>
        ${latent.from && latent.towards ? nothing : html`
          <div class="segments" role="group" aria-label="Begin from">
            ${sources.filter(([source]) => source !== "piece" || session.passage).map(([source, name]) => html`<label><input type="radio" name="source" .checked=${latent.source === source} @change=${() => session.slide({ source })} /><span>${name}</span></label>`)}
          </div>`}
        ${model.sliders.map((slider) => this.slider(slider))}
        <small>The music follows while you move them. ${isMoved ? html`<button class="link" @click=${() => session.slide({ slides: {} })}>All to the middle</button>` : nothing}</small>
      </fieldset>
      ${this.between()}
    `;
  }

  private slider(slider: LatentSlider) {
    const { latent } = this.session;
    const value = (latent.slides[slider.component] ?? 0) * slider.sign;
    const id = `latent-${slider.component}`;
    const text = Math.abs(value) < 0.05 ? "as it is" : `${Math.abs(value).toFixed(1)} ${value > 0 ? slider.more : slider.less}`;
    return html`
      <div class="slider latent-slider">
        <label for=${id}><span class="name">${slider.name}</span><output for=${id}>${text}</output></label>
        <input id=${id} type="range" min=${-slider.most} max=${slider.most} step="0.1" .value=${String(value)} aria-valuetext=${text}
          @input=${(event: InputEvent) => this.move(slider, Number((event.target as HTMLInputElement).value))} @dblclick=${() => this.move(slider, 0)} />
      </div>
    `;
  }

  private between() {
    const { session } = this;
    const { latent } = session;
    const ends = session.takes.filter((take) => take.piece.state === "done").map((take) => ({ id: take.id, name: `${take.piece.title} · seed ${take.piece.request.seed}` }));
    if (session.passage) ends.unshift({ id: "passage", name: session.passage.primer.name });
    if (ends.length < 2) return html`<p class="hint">With two takes, or a file of yours and a take, you can move between them.</p>`;
    const percent = Math.round(latent.share * 100);
    const choose = (label: string, end: "from" | "towards") => html`
      <label class="field"><span class="unseen">${label}</span>
        <select @change=${(event: Event) => this.choose(end, (event.target as HTMLSelectElement).value)}>
          <option value="">${label} …</option>
          ${ends.map(({ id, name }) => html`<option value=${id} ?selected=${latent[end] === id}>${name}</option>`)}
        </select>
      </label>`;
    return html`
      <fieldset class="latent between">
        <legend>Between two pieces</legend>
        ${choose("From", "from")}${choose("To", "towards")}
        ${latent.from && latent.towards ? html`
          <div class="slider">
            <label for="share"><span class="name">Place</span><output for="share">${percent} %</output></label>
            <input id="share" type="range" min="0" max="1" step="0.02" .value=${String(latent.share)} aria-valuetext="${percent} percent of the way"
              @input=${(event: InputEvent) => session.slide({ share: Number((event.target as HTMLInputElement).value) })} />
          </div>
          <small>Four bars at a time: the beginning of one turns into that of the other.</small>` : html`<small>Their beginnings, four bars each.</small>`}
      </fieldset>
    `;
  }

  private move(slider: LatentSlider, value: number) {
    this.session.slide({ slides: { ...this.session.latent.slides, [slider.component]: value * slider.sign } });
  }

  private choose(end: "from" | "towards", id: string) {
    const { session } = this;
    const change = { [end]: id || undefined };
    const latent = { ...session.latent, ...change };
    if (latent.from && latent.towards) session.slide(change);
    else {
      session.latent = latent;
      session.tell();
    }
  }
}
