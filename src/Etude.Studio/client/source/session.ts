import { api, Fault, type CompositionRequest, type Model, type Piece, type Primer, type PrimerPassage, type Studio } from "./api.js";
import { Sketch } from "./compose/sketch.js";
import { Take } from "./compose/take.js";
import { Piano } from "./sound/piano.js";
import { Timeline } from "./roll/timeline.js";
import { Player, type Loop } from "./sound/player.js";

/** What the steering controls are set to; kept in the browser. */
export interface Settings {
  model?: string;
  bars: number;
  temperature: number;
  takes: number;
  quartersPerMinute?: number;
  seed?: number;
  topK: number;
  topP: number;
  minP: number;
  repetition: number;
  guard: boolean;
  style?: string;
  key?: string;
  keepsScale: boolean;
  meter?: string;
  notesPerQuarter?: number;
  ends: boolean;
  expression: boolean;
}

const usual: Settings = { bars: 32, temperature: 1, takes: 1, topK: 0, topP: 1, minP: 0.01, repetition: 0.75, guard: true, keepsScale: false, ends: true, expression: true };

const mostTakes = 24;

export interface Passage {
  primer: Primer;
  from: number;
  to: number;
}

/** How the sliders of a model with a latent are set. */
export interface Latent {
  source: "piece" | "chance" | "average";
  /** By component, in deviations. */
  slides: Record<number, number>;
  /** Ids of the pieces at both ends of the way between; "passage" for the file that was brought. */
  from?: string;
  towards?: string;
  share: number;
}

const still = (): Latent => ({ source: "chance", slides: {}, share: 0.5 });

/**
 * The state of the page: the takes, which of them is on the stage, the settings and what the studio offers. Fires
 * "change"; a sentence for the reader (and for screen readers) goes out as "said".
 */
export class Session extends EventTarget {
  readonly piano = new Piano();
  readonly player = new Player(this.piano);
  studio?: Studio;
  models: Model[] = [];
  takes: Take[] = [];
  selected?: Take;
  settings: Settings = { ...usual, ...(JSON.parse(localStorage.getItem("etude-settings") ?? "{}") as Partial<Settings>) };
  passage?: Passage;
  latent = still();
  sketch?: Sketch;
  fault = "";
  needsToken = false;
  isReady = false;
  isAsking = false;

  async start(): Promise<void> {
    try {
      [this.studio, this.models] = await Promise.all([api.studio(), api.models()]);
      this.needsToken = false;
    } catch (fault) {
      this.needsToken = (fault as Fault).status === 401;
      if (!this.needsToken) this.fault = (fault as Error).message;
    }
    if (this.studio) {
      if (this.settings.model && !this.models.some((model) => model.name === this.settings.model)) this.settings.model = undefined;
      await this.restore();
      // The piano is heavy: fetched now, while nobody waits for it.
      void this.piano.load().catch(() => undefined);
    }
    this.isReady = true;
    this.tell();
  }

  /** Takes of this tab, again after a reload. */
  private async restore(): Promise<void> {
    const ids = JSON.parse(sessionStorage.getItem("etude-takes") ?? "[]") as string[];
    const pieces = await Promise.all(ids.map((id) => api.piece(id).catch(() => undefined)));
    for (const piece of pieces) if (piece && !this.takes.some((take) => take.id === piece.id)) this.add(piece);
    const chosen = sessionStorage.getItem("etude-selected");
    this.select(this.takes.find((take) => take.id === chosen) ?? this.takes[0]);
  }

  /** The model that is chosen. */
  get model(): Model | undefined {
    return this.models.find((model) => model.name === this.settings.model) ?? this.models[0];
  }

  /** Whether the chosen model minds a field of a request. */
  minds(field: keyof CompositionRequest): boolean {
    return this.model?.controls.includes(field) ?? false;
  }

  set(change: Partial<Settings>): void {
    if ("model" in change && change.model !== this.settings.model) {
      this.latent = still();
      this.closeSketch();
    }
    this.settings = { ...this.settings, ...change };
    localStorage.setItem("etude-settings", JSON.stringify({ ...this.settings, seed: undefined }));
    this.tell();
  }

  resetSettings(): void {
    const left = Object.fromEntries(Object.keys(this.settings).map((name) => [name, undefined]));
    this.set({ ...left, ...usual, model: this.settings.model });
  }

  /** Asks for new takes, and plays the first as it comes. Call from a click or a key. */
  async compose(primer?: PrimerPassage, latent = this.latentRequest()): Promise<void> {
    const { takes } = this.settings;
    const request = this.request(primer, latent);
    // The piece of a sketch is what was heard.
    const seed = this.sketch?.seed ?? request.seed;
    this.closeSketch();
    // The sound may begin only in the moment of the click: ask for it before anything is awaited.
    const awake = this.piano.wake();
    this.fault = "";
    this.isAsking = true;
    this.tell();
    try {
      for (let i = 0; i < takes; i++) {
        const piece = await api.compose({ ...request, seed: seed === undefined ? undefined : seed + i });
        const take = this.add(piece, i);
        if (i === 0) {
          this.select(take);
          void this.play(awake);
        }
      }
    } catch (fault) {
      this.fail(fault);
    }
    this.isAsking = false;
    this.tell();
  }

  /** Composes the bars of the marked region anew, or one hand of them; what lies around stays. */
  async fill(take: Take, region: Loop, hand?: "left" | "right"): Promise<void> {
    const { takes, seed } = this.settings;
    const awake = this.piano.wake();
    await this.attempt(async () => {
      for (let i = 0; i < takes; i++) {
        const { primer: _, ...request } = this.request(undefined, undefined);
        const piece = await api.compose({ ...request, seed: seed === undefined ? undefined : seed + i, gap: { id: take.id, fromSeconds: region.from, toSeconds: region.to, hand } });
        const filled = this.add(piece, i);
        if (i > 0) continue;
        this.select(filled);
        // Heard from the bar before, so that the join is heard too.
        filled.addEventListener("done", () => {
          if (this.selected !== filled) return;
          this.player.seek(filled.timeline.barAt(filled.timeline.composedFrom - 0.1));
          void this.play(awake);
        }, { once: true });
      }
    });
  }

  /** What the settings ask for, without what the chosen model does not mind. */
  private request(primer: PrimerPassage | undefined, latent: CompositionRequest["latent"]): CompositionRequest {
    const { takes: _, bars, seed, model, style, key, keepsScale, meter, notesPerQuarter, ends, ...controls } = this.settings;
    const isKnown = !style || this.model?.styles?.includes(style);
    const steering = this.minds("steering") ? { style: isKnown ? style : undefined, key, keepsScale: key !== undefined && keepsScale, meter, notesPerQuarter, ends } : undefined;
    const minded = Object.fromEntries(Object.entries(controls).filter(([field]) => this.minds(field as keyof CompositionRequest)));
    const isOfMusic = !latent || latent.source === "piece" || latent.towards;
    const lead = primer ?? (latent?.towards ? this.passageOf(this.latent.from) : isOfMusic && this.minds("primer") ? this.passageOf("passage") : undefined);
    return { ...minded, model, bars, seed, primer: lead, latent, steering };
  }

  /** The latent as the sliders stand; undefined where the model has none. */
  private latentRequest(): CompositionRequest["latent"] {
    const { model, latent } = this;
    if (!model?.sliders) return undefined;
    const slides = model.sliders.filter((slider) => latent.slides[slider.component]).map(({ component }) => ({ component, deviations: latent.slides[component]! }));
    const towards = latent.from && latent.towards ? this.passageOf(latent.towards) : undefined;
    return towards ? { slides, towards, share: latent.share } : { slides, source: latent.source };
  }

  private passageOf(id: string | undefined): PrimerPassage | undefined {
    if (id === "passage") return this.passage && { id: this.passage.primer.id, fromSeconds: this.passage.from, toSeconds: this.passage.to };
    return id ? { id } : undefined;
  }

  /** Moves the latent, and lets the music follow at once. */
  slide(change: Partial<Latent>): void {
    this.latent = { ...this.latent, ...change };
    if (!this.sketch) {
      this.sketch = new Sketch(this.settings.seed ?? Math.floor(Math.random() * 1_000_000));
      this.sketch.addEventListener("change", () => this.sketched());
    }
    const request = this.request(undefined, this.latentRequest());
    void this.sketch.follow({ ...request, bars: Math.min(request.bars!, 16) });
    this.tell();
  }

  /** The whole way from one piece to the other, as one piece. */
  async composeTheWay(): Promise<void> {
    await this.compose(undefined, { ...this.latentRequest(), share: undefined });
  }

  closeSketch(): void {
    if (!this.sketch) return;
    const { timeline } = this.sketch;
    this.sketch = undefined;
    if (this.player.timeline === timeline) this.player.open(this.selected?.timeline ?? new Timeline());
    this.tell();
  }

  private sketched(): void {
    const { sketch, player } = this;
    if (!sketch || player.timeline === sketch.timeline) return this.tell();
    if (sketch.isFirst) {
      player.open(sketch.timeline);
      player.setLoop({ from: 0, to: sketch.timeline.duration });
      void this.play();
    } else {
      player.replace(sketch.timeline);
      if (player.loop) player.setLoop({ from: 0, to: sketch.timeline.duration });
    }
    this.tell();
  }

  /** A new piece that begins as this one does. */
  async moreLike(take: Take): Promise<void> {
    const from = take.piece.composedFromSeconds;
    const to = take.timeline.barAt(from + 0.01, 4) || Math.min(take.timeline.duration, from + 8);
    this.set({ seed: undefined });
    await this.compose({ id: take.id, fromSeconds: from, toSeconds: to }, this.model?.sliders ? { source: "piece", slides: [] } : undefined);
  }

  /** Puts a piece among the takes, at the end unless a place is given. */
  add(piece: Piece, place = this.takes.length): Take {
    const take = new Take(piece);
    this.takes = this.takes.toSpliced(place, 0, take).slice(0, mostTakes);
    take.addEventListener("change", () => this.took(take));
    void take.open();
    this.remember();
    return take;
  }

  select(take: Take | undefined): void {
    this.sketch = undefined;
    this.selected = take;
    if (take && this.player.timeline !== take.timeline) this.player.open(take.timeline);
    if (!take) this.player.pause();
    this.remember();
    this.tell();
  }

  /** Puts a piece of the library or of a link on the stage. */
  async show(piece: Piece): Promise<Take> {
    const take = this.takes.find((known) => known.id === piece.id) ?? this.add(piece, 0);
    this.select(take);
    return take;
  }

  async play(awake: Promise<void> = this.piano.wake()): Promise<void> {
    try {
      await awake;
      await this.player.play();
    } catch (fault) {
      this.fail(fault);
    }
  }

  async remove(take: Take): Promise<void> {
    try {
      await api.remove(take.id);
    } catch (fault) {
      if ((fault as Fault).status !== 404) return this.fail(fault);
    }
    take.close();
    const index = this.takes.indexOf(take);
    this.takes = this.takes.filter((other) => other !== take);
    if (this.selected === take) this.select(this.takes[Math.min(index, this.takes.length - 1)]);
    this.remember();
    this.say("Deleted.");
  }

  async keep(take: Take, kept: boolean): Promise<void> {
    await this.attempt(() => take.change({ kept }));
    this.say(kept ? "Kept in the library." : "No longer kept.");
  }

  async rate(take: Take, rating: number): Promise<void> {
    await this.attempt(() => take.change({ rating: take.piece.rating === rating ? 0 : rating }));
  }

  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
      this.fault = "";
    } catch (fault) {
      this.fail(fault);
    }
    this.tell();
  }

  fail(fault: unknown): void {
    this.fault = (fault as Error).message;
    this.say(this.fault);
    this.tell();
  }

  say(sentence: string): void {
    this.dispatchEvent(new CustomEvent("said", { detail: sentence }));
  }

  tell(): void {
    this.dispatchEvent(new Event("change"));
  }

  private took(take: Take): void {
    if (this.selected === take && this.player.timeline !== take.timeline) {
      this.player.replace(take.timeline);
      if (take.piece.state === "done") this.say(`${take.piece.title} is done: ${take.piece.notes} notes.`);
    }
    if (this.selected === take && take.fault) this.say(take.fault);
    this.tell();
  }

  private remember(): void {
    sessionStorage.setItem("etude-takes", JSON.stringify(this.takes.map((take) => take.id)));
    sessionStorage.setItem("etude-selected", this.selected?.id ?? "");
  }
}
