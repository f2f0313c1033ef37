import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { api, type CorpusFolder, type CorpusLook, type Recipe } from "../api.js";
import { icons } from "../icons.js";
import { lasting } from "./lasting.js";

/** A new run: choose the music, see what is kept of it and how long it takes, begin. Fires "ready" when it stands, and "begun". */
@customElement("new-run")
export class NewRun extends LitElement {
  @property({ attribute: false }) taken: string[] = [];
  @state() private recipes: Recipe[] = [];
  @state() private folders: CorpusFolder[] = [];
  @state() private recipe = "";
  @state() private folder = "";
  @state() private path = "";
  @state() private epochs?: number;
  @state() private name = "";
  @state() private seen?: CorpusLook;
  @state() private busy = "";
  @state() private fault = "";

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    void this.attempt("", async () => {
      [this.recipes, this.folders] = await Promise.all([api.recipes(), api.corpora()]);
      this.recipe ||= this.recipes.find((known) => known.name === "starter")?.name ?? this.recipes[0]?.name ?? "";
      this.folder ||= this.folders[0]?.id ?? "path";
    }).then(() => this.dispatchEvent(new Event("ready")));
  }

  protected override render() {
    // Shown whole or not at all, so that nothing moves under the reader's hand.
    if (!this.recipes.length) return this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing;
    const recipe = this.recipes.find((known) => known.name === this.recipe);
    const epochs = this.epochs ?? recipe?.epochs ?? 1;
    return html`
      <form class="card new-run" @submit=${this.submit}>
        <div class="columns">
          <fieldset>
            <legend>Music</legend>
            ${this.folders.map((folder) => html`<label class="check"><input type="radio" name="folder" .checked=${this.folder === folder.id} @change=${() => this.choose({ folder: folder.id })} /><span>${folder.name}<small>${folder.files} files</small></span></label>`)}
            <label class="check"><input type="radio" name="folder" .checked=${this.folder === "path"} @change=${() => this.choose({ folder: "path" })} /><span>A folder on this computer</span></label>
            ${this.folder === "path" ? html`<input type="text" aria-label="Path of the folder" placeholder="/home/me/midi" .value=${this.path} @change=${(event: Event) => this.choose({ path: (event.target as HTMLInputElement).value.trim() })} />` : nothing}
            <label class="drop small" @dragover=${(event: DragEvent) => event.preventDefault()} @drop=${this.dropped}>
              <input type="file" class="unseen" accept=".zip,application/zip" @change=${this.chosen} />${icons.file}<span><b>Bring a zip file</b><small>of MIDI or ABC files, up to 100 MB</small></span>
            </label>
          </fieldset>
          <fieldset>
            <legend>Recipe</legend>
            <select aria-label="Recipe" @change=${(event: Event) => this.choose({ recipe: (event.target as HTMLSelectElement).value })}>
              ${this.recipes.map((known) => html`<option ?selected=${known.name === this.recipe}>${known.name}</option>`)}
            </select>
            <small class="about-recipe">${recipe?.description}</small>
            <div class="slider">
              <label for="epochs"><span class="name">Passes over the music</span><output>${epochs}</output></label>
              <input id="epochs" type="range" min="1" max="60" .value=${String(epochs)} @input=${(event: InputEvent) => (this.epochs = Number((event.target as HTMLInputElement).value))} />
            </div>
            <label class="field"><span class="name">Name</span><input type="text" maxlength="60" placeholder=${this.freeName()} .value=${this.name} @input=${(event: InputEvent) => (this.name = (event.target as HTMLInputElement).value)} /></label>
          </fieldset>
        </div>
        ${this.seen ? this.findings(this.seen, epochs) : nothing}
        ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
        <div class="go">
          ${this.busy ? html`<span class="quiet-text" role="status">${this.busy}</span>` : nothing}
          <button type="button" class="tool wide" ?disabled=${this.busy !== "" || !this.place} @click=${this.look}>Look at the music</button>
          <button class="primary" ?disabled=${this.busy !== "" || !this.place || this.seen?.kept === 0}>Begin training</button>
        </div>
      </form>
    `;
  }

  private findings(seen: CorpusLook, epochs: number) {
    return html`
      <div class="findings" role="status">
        <p><b>${seen.kept} of ${seen.seen} files stay</b>: ${seen.notes.toLocaleString("en")} notes, ${seen.hours >= 1 ? `${seen.hours.toFixed(1)} hours` : `${Math.round(seen.hours * 60)} minutes`} of music${seen.heldOut ? `; ${seen.heldOut} of them only test the model` : ""}.
          ${seen.secondsAnEpoch ? html`Training takes <b>about ${lasting(seen.secondsAnEpoch * epochs)}</b> on this computer.` : nothing}</p>
        ${seen.droppedCount ? html`<details class="finer"><summary>${seen.droppedCount} left out, and why</summary><ul>${seen.dropped.map((file) => html`<li><b>${file.name}</b> ${file.reason}</li>`)}</ul></details>` : nothing}
      </div>
    `;
  }

  private get place(): string {
    return this.folder === "path" ? this.path : this.folder;
  }

  private choose(change: { folder?: string; path?: string; recipe?: string }) {
    Object.assign(this, change);
    if (change.recipe) this.epochs = undefined;
    this.seen = undefined;
    this.fault = "";
  }

  private freeName(): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? this.recipe : `${this.recipe} ${number}`;
      if (!this.taken.includes(name)) return name;
    }
  }

  private look() {
    void this.attempt("Reading the music, and trying a few steps…", async () => {
      this.seen = await api.look(this.place, this.recipe);
    });
  }

  private submit(event: Event) {
    event.preventDefault();
    void this.attempt("Beginning…", async () => {
      const run = await api.train({ name: this.name.trim() || this.freeName(), recipe: this.recipe, folder: this.place, epochs: this.epochs });
      this.name = "";
      this.dispatchEvent(new CustomEvent("begun", { detail: run }));
    });
  }

  private chosen(event: Event) {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    field.value = "";
    if (file) this.bring(file);
  }

  private dropped(event: DragEvent) {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) this.bring(file);
  }

  private bring(file: File) {
    void this.attempt(`Unpacking ${file.name}…`, async () => {
      const folder = await api.sendCorpus(file);
      this.folders = [...this.folders, folder];
      this.choose({ folder: folder.id });
    });
  }

  private async attempt(doing: string, action: () => Promise<void>) {
    this.busy = doing;
    this.fault = "";
    try {
      await action();
    } catch (fault) {
      this.fault = (fault as Error).message;
    }
    this.busy = "";
  }
}
