import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { icons } from "../icons.js";
import type { Settings } from "../session.js";
import { SessionElement } from "../session-element.js";
import "./latent-panel.js";

interface Slider {
  name: string;
  value: number;
  min: number;
  max: number;
  step: number;
  text: string;
  about: string;
  set: (value: number) => Partial<Settings>;
}

const tonics = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
const keys = ["major", "minor"].flatMap((mode) => tonics.map((tonic): [string, string] => {
  const name = mode === "minor" ? { Db: "C#", Ab: "G#" }[tonic] ?? tonic : tonic;
  return [`${name} ${mode}`, `${name.replace("#", "♯").replace(/b$/, "♭")} ${mode}`];
}));
const meters = ["2/4", "3/4", "4/4", "2/2", "3/8", "6/8", "9/8", "12/8"];

/** The controls that steer: each with a sensible range and one plain sentence. */
@customElement("steer-panel")
export class SteerPanel extends SessionElement {
  protected override render() {
    const { session } = this;
    const { settings, models } = session;
    const most = session.studio?.limits.bars ?? 256;
    return html`
      <div class="steer">
        ${models.length > 1 ? this.model() : nothing}
        <latent-panel .session=${session}></latent-panel>
        ${this.slider({
          name: "Length", value: Math.log2(settings.bars), min: 2, max: Math.log2(Math.min(most, 128)), step: 0.5, text: `${settings.bars} bars`,
          about: "How much is composed.", set: (value) => ({ bars: Math.round(2 ** value / 2) * 2 }),
        })}
        ${session.minds("temperature") ? this.slider({
          name: "Boldness", value: settings.temperature, min: 0.5, max: 1.5, step: 0.05, text: boldness(settings.temperature),
          about: "Low keeps to what the model knows best; high takes risks.", set: (value) => ({ temperature: value }),
        }) : nothing}
        ${session.minds("quartersPerMinute") ? this.slider({
          name: "Tempo", value: settings.quartersPerMinute ?? 35, min: 35, max: 200, step: 5,
          text: settings.quartersPerMinute ? `${settings.quartersPerMinute} a minute` : "as it comes",
          about: "Beats a minute; all the way left leaves it to the piece.", set: (value) => ({ quartersPerMinute: value <= 35 ? undefined : value }),
        }) : nothing}
        ${session.minds("steering") ? this.steering() : nothing}
        <fieldset class="takes-choice">
          <legend>Takes</legend>
          <div class="segments">
            ${[1, 2, 3, 4].map((count) => html`<label><input type="radio" name="takes" .checked=${settings.takes === count} @change=${() => session.set({ takes: count })} /><span>${count}</span></label>`)}
          </div>
          <small>Several pieces at once, to choose from.</small>
        </fieldset>
        ${this.seed()}
        <details class="finer">
          <summary>Finer controls</summary>
          ${session.minds("topK") ? this.slider({
            name: "Choices", value: settings.topK === 0 ? 65 : Math.min(64, settings.topK), min: 1, max: 65, step: 1, text: settings.topK ? `${settings.topK}` : "all",
            about: "How many of the likeliest continuations are considered (top-k).", set: (value) => ({ topK: value >= 65 ? 0 : value }),
          }) : nothing}
          ${session.minds("topP") ? this.slider({
            name: "Likely share", value: settings.topP, min: 0.5, max: 1, step: 0.01, text: percent(settings.topP),
            about: "Considers the likeliest that together make up this share (top-p).", set: (value) => ({ topP: value }),
          }) : nothing}
          ${session.minds("minP") ? this.slider({
            name: "Floor", value: settings.minP, min: 0, max: 0.3, step: 0.01, text: percent(settings.minP),
            about: "Leaves out what is less likely than this share of the likeliest (min-p).", set: (value) => ({ minP: value }),
          }) : nothing}
          ${session.minds("repetition") ? this.slider({
            name: "Repetition", value: settings.repetition, min: 0, max: 3, step: 0.25, text: settings.repetition ? `${settings.repetition}` : "as it comes",
            about: "How readily the piece takes up what it said before.", set: (value) => ({ repetition: value }),
          }) : nothing}
          ${session.minds("guard") ? this.check("guard", "Guard against endless repetition", "Steers away when one note or one short loop goes on for too long.") : nothing}
          ${session.minds("steering") && settings.key ? this.check("keepsScale", "Keep to the scale", "Strikes only notes of the chosen key.") : nothing}
          ${session.minds("steering") ? this.check("ends", "Come to an end", "Closes in the last bar; else the piece breaks off there.") : nothing}
          ${session.minds("expression") ? this.check("expression", "Play with expression", "Dynamics, a little freedom of time, and pedal.") : nothing}
          <button class="tool" @click=${() => session.resetSettings()}>Back to the usual settings</button>
        </details>
      </div>
    `;
  }

  private steering() {
    const { session } = this;
    const { settings, model } = session;
    const density = settings.notesPerQuarter;
    return html`
      <div class="pairs">
        ${model?.styles ? this.choice("Style", settings.style, model.styles.map((style) => [style, style.charAt(0).toUpperCase() + style.slice(1)]), (style) => ({ style })) : nothing}
        ${this.choice("Key", settings.key, keys, (key) => ({ key }))}
        ${this.choice("Meter", settings.meter, meters.map((meter) => [meter, meter]), (meter) => ({ meter }))}
      </div>
      ${this.slider({
        name: "Density", value: density ?? 0, min: 0, max: 8, step: 0.5, text: density ? `${density} ${density === 1 ? "note" : "notes"} a beat` : "as it comes",
        about: "How many notes begin in a beat; all the way left leaves it to the piece.", set: (value) => ({ notesPerQuarter: value || undefined }),
      })}
    `;
  }

  private choice(name: string, value: string | undefined, choices: [string, string][], set: (value: string | undefined) => Partial<Settings>) {
    return html`
      <label class="field"><span class="name">${name}</span>
        <select aria-label=${name} @change=${(event: Event) => this.session.set(set((event.target as HTMLSelectElement).value || undefined))}>
          <option value="" ?selected=${!value}>Any</option>
          ${choices.map(([choice, text]) => html`<option value=${choice} ?selected=${choice === value}>${text}</option>`)}
        </select>
      </label>`;
  }

  private check(setting: "guard" | "keepsScale" | "ends" | "expression", name: string, about: string) {
    const { session } = this;
    return html`<label class="check"><input type="checkbox" .checked=${session.settings[setting]} @change=${(event: Event) => session.set({ [setting]: (event.target as HTMLInputElement).checked })} />
      <span>${name}<small>${about}</small></span></label>`;
  }

  private model() {
    const { session } = this;
    const chosen = session.model!;
    return html`
      <label class="field"><span class="name">Model</span>
        <select @change=${(event: Event) => session.set({ model: (event.target as HTMLSelectElement).value || undefined })}>
          ${session.models.map((model, index) => html`<option value=${index === 0 ? "" : model.name} ?selected=${model === chosen}>${model.name}</option>`)}
        </select>
        <small class="about-model" title=${chosen.description}>${chosen.description}</small>
      </label>
    `;
  }

  private seed() {
    const { session } = this;
    const { seed } = session.settings;
    return html`
      <div class="field seed-field">
        <label for="seed"><span class="name">Seed</span></label>
        <div class="with-button">
          <input id="seed" inputmode="numeric" pattern="[0-9]*" placeholder="a new one each time" aria-describedby="seed-about" .value=${seed === undefined ? "" : String(seed)} @change=${this.setSeed} />
          ${seed === undefined ? nothing : html`<button class="quiet round" aria-label="A new seed each time" title="A new seed each time" @click=${() => session.set({ seed: undefined })}>${icons.dice}</button>`}
        </div>
        <small id="seed-about">The same seed and settings give the same piece.</small>
      </div>
    `;
  }

  private setSeed(event: Event) {
    const field = event.target as HTMLInputElement;
    const number = Number(field.value.trim());
    const isSeed = field.value.trim() !== "" && Number.isSafeInteger(number) && number >= 0;
    this.session.set({ seed: isSeed ? number : undefined });
    if (!isSeed) field.value = "";
  }

  private slider(slider: Slider): TemplateResult {
    const id = slider.name.toLowerCase().replace(" ", "-");
    return html`
      <div class="slider">
        <label for=${id}><span class="name">${slider.name}</span><output for=${id}>${slider.text}</output></label>
        <input id=${id} type="range" min=${slider.min} max=${slider.max} step=${slider.step} .value=${String(slider.value)} aria-valuetext=${slider.text} aria-describedby="${id}-about"
          @input=${(event: InputEvent) => this.session.set(slider.set(Number((event.target as HTMLInputElement).value)))} />
        <small id="${id}-about">${slider.about}</small>
      </div>
    `;
  }
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function boldness(temperature: number): string {
  const word = temperature < 0.75 ? "careful" : temperature < 0.95 ? "calm" : temperature <= 1.05 ? "natural" : temperature < 1.3 ? "bold" : "wild";
  return `${word} · ${temperature.toFixed(2)}`;
}
