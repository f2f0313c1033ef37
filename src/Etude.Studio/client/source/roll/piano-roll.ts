import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Player } from "../sound/player.js";
import { paletteOf, shadeOf, type Palette } from "./palette.js";
import { Timeline, clockText, isBlackKey, pitchName } from "./timeline.js";

const ruler = 24;
const pedalStrip = 16;
const keysWide = 46;
const keysNarrow = 30;

/**
 * The piece as a piano roll on a canvas: keys at the left, bars above, pedal below. Draws only what is in view, so
 * that its cost does not grow with the piece. Drag to move, pinch or Ctrl and wheel to zoom, click to go there, drag
 * on the ruler to choose a loop.
 */
@customElement("piano-roll")
export class PianoRoll extends LitElement {
  @property({ attribute: false }) player!: Player;
  @property({ attribute: false }) timeline = new Timeline();
  @property() label = "";
  /** Keeps the view when another timeline comes: for music that changes under a slider. */
  @property({ type: Boolean }) steady = false;

  /** Milliseconds that the last drawing took. */
  drawingTime = 0;

  private canvas!: HTMLCanvasElement;
  private palette?: Palette;
  private frame = 0;
  private scale = 70; // pixels a second
  private left = 0; // the second at the left edge
  private follow = true;
  private fitted = false;
  private drawnVersion = -1;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private gesture: { kind: "press" | "pan" | "loop" | "pinch"; x: number; left: number; scale: number; from: number } | undefined;
  private readonly sizes = new ResizeObserver(() => this.redraw());
  private readonly theme = matchMedia("(prefers-color-scheme: dark)");
  private readonly onChange = () => {
    if (this.player.isPlaying) this.follow = true;
    else if (this.player.position === 0) this.left = 0;
    this.redraw();
  };
  private readonly onTheme = () => {
    this.palette = undefined;
    this.redraw();
  };

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.theme.addEventListener("change", this.onTheme);
    document.addEventListener("etude-theme", this.onTheme);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.sizes.disconnect();
    this.player.removeEventListener("change", this.onChange);
    this.theme.removeEventListener("change", this.onTheme);
    document.removeEventListener("etude-theme", this.onTheme);
  }

  protected override render() {
    return html`<canvas role="img" aria-label=${this.describe()}></canvas>`;
  }

  protected override firstUpdated() {
    this.canvas = this.querySelector("canvas")!;
    this.sizes.observe(this.canvas);
    this.player.addEventListener("change", this.onChange);
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    this.canvas.addEventListener("pointerup", (event) => this.lift(event));
    this.canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  protected override updated(changed: Map<string, unknown>) {
    if (changed.has("timeline")) {
      const before = changed.get("timeline") as Timeline | undefined;
      // The whole piece in the place of the growing one keeps the view.
      if (!before || (before.horizon === Infinity && !this.steady) || before.notes.length === 0) {
        this.left = 0;
        this.fitted = false;
        this.follow = true;
      }
    }
    this.redraw();
  }

  zoom(factor: number, around?: number): void {
    const focus = around ?? this.player.position;
    const before = this.scale;
    this.scale = Math.min(600, Math.max(this.smallestScale(), this.scale * factor));
    this.left = focus - ((focus - this.left) * before) / this.scale;
    if (around === undefined) this.follow = true;
    this.clampView();
    this.redraw();
  }

  /** Shows the whole piece. */
  fit(): void {
    this.scale = this.smallestScale();
    this.left = 0;
    this.redraw();
  }

  redraw(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  private get keys(): number {
    return this.canvas.clientWidth < 520 ? keysNarrow : keysWide;
  }

  private get viewWidth(): number {
    return Math.max(1, this.canvas.clientWidth - this.keys);
  }

  private smallestScale(): number {
    return Math.min(70, this.viewWidth / Math.max(4, this.timeline.duration * 1.02));
  }

  private clampView(): void {
    const most = Math.max(0, this.timeline.duration - (this.viewWidth / this.scale) * 0.6);
    this.left = Math.min(Math.max(0, this.left), most);
  }

  private range(): [number, number] {
    const { lowest, highest, notes } = this.timeline;
    // Three octaves and a half at least, so that the picture does not jump while the piece grows.
    return notes.length ? [Math.min(45, lowest - 2), Math.max(88, highest + 2)] : [45, 88];
  }

  private draw(): void {
    this.frame = 0;
    const canvas = this.canvas;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !height) return;
    const began = performance.now();
    const dense = Math.min(3, devicePixelRatio || 1);
    if (canvas.width !== Math.round(width * dense) || canvas.height !== Math.round(height * dense)) {
      canvas.width = Math.round(width * dense);
      canvas.height = Math.round(height * dense);
    }
    const palette = (this.palette ??= paletteOf(this));
    const position = this.player.timeline === this.timeline ? this.player.position : 0;
    if (!this.fitted && this.timeline.notes.length) {
      this.scale = Math.max(this.smallestScale(), width < 520 ? 48 : 70);
      this.fitted = true;
    }
    if (this.follow && this.player.isPlaying && this.gesture === undefined) {
      const wanted = position - (this.viewWidth / this.scale) * 0.33;
      this.left += (Math.max(0, wanted) - this.left) * 0.18;
    }
    const pen = canvas.getContext("2d")!;
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    const [low, high] = this.range();
    const keys = this.keys;
    const floor = height - pedalStrip;
    const row = (floor - ruler) / (high - low + 1);
    const x = (time: number) => keys + (time - this.left) * this.scale;
    const y = (pitch: number) => ruler + (high - pitch) * row;
    const right = this.left + this.viewWidth / this.scale;

    pen.fillStyle = palette.ground;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = palette.lane;
    for (let pitch = low; pitch <= high; pitch++) if (isBlackKey(pitch)) pen.fillRect(keys, y(pitch), width - keys, row);
    pen.fillStyle = palette.line;
    for (let pitch = low; pitch <= high; pitch++) if (pitch % 12 === 0) pen.fillRect(keys, Math.round(y(pitch) + row) - 0.5, width - keys, 1);

    this.drawBars(pen, palette, x, right, height, width);
    this.drawLoop(pen, palette, x, height);
    this.drawPedals(pen, palette, x, right, floor);
    const lit = this.drawNotes(pen, palette, x, y, row, right, position);
    this.drawKeys(pen, palette, y, row, low, high, keys, lit);
    if (this.player.timeline === this.timeline && this.timeline.notes.length) {
      const place = x(position);
      if (place >= keys - 1 && place <= width) {
        pen.fillStyle = palette.accent;
        pen.fillRect(Math.round(place) - 0.75, 0, 1.5, height);
        pen.beginPath();
        pen.moveTo(place - 5, 0);
        pen.lineTo(place + 5, 0);
        pen.lineTo(place, 7);
        pen.fill();
      }
    }
    this.drawingTime = performance.now() - began;
    const grew = this.drawnVersion !== this.timeline.version;
    this.drawnVersion = this.timeline.version;
    if (this.player.isPlaying || grew || this.timeline.horizon !== Infinity) this.redraw();
  }

  private drawBars(pen: CanvasRenderingContext2D, palette: Palette, x: (time: number) => number, right: number, height: number, width: number): void {
    pen.fillStyle = palette.line;
    pen.fillRect(0, ruler - 1, width, 1);
    pen.font = `11px ${getComputedStyle(this).fontFamily}`;
    pen.textBaseline = "middle";
    const bars = this.timeline.bars;
    if (!bars.length) return;
    const gap = bars.length > 1 ? (bars[1]!.start - bars[0]!.start) * this.scale : 100;
    const every = [1, 2, 4, 8, 16, 32, 64, 128].find((step) => step * gap >= 34) ?? 256;
    for (const bar of bars) {
      if (bar.start < this.left - 1 || bar.start > right) continue;
      const place = Math.round(x(bar.start));
      const isNumbered = (bar.number - 1) % every === 0;
      if (gap > 8 || isNumbered) {
        pen.fillStyle = palette.bar;
        pen.fillRect(place, isNumbered ? 5 : ruler - 1, 1, height);
      }
      if (isNumbered) {
        pen.fillStyle = palette.text;
        pen.fillText(String(bar.number), place + 5, ruler / 2);
      }
    }
  }

  private drawLoop(pen: CanvasRenderingContext2D, palette: Palette, x: (time: number) => number, height: number): void {
    const loop = this.player.timeline === this.timeline ? this.player.loop : undefined;
    // All of it is no region: the loop's button says it.
    if (!loop || (loop.from <= 0 && loop.to >= this.timeline.duration)) return;
    pen.fillStyle = palette.loop;
    pen.fillRect(x(loop.from), 0, (loop.to - loop.from) * this.scale, height);
    pen.fillStyle = palette.accent;
    pen.fillRect(x(loop.from), 0, (loop.to - loop.from) * this.scale, 3);
  }

  private drawPedals(pen: CanvasRenderingContext2D, palette: Palette, x: (time: number) => number, right: number, floor: number): void {
    pen.fillStyle = palette.line;
    pen.fillRect(0, floor, this.canvas.clientWidth, 1);
    pen.fillStyle = palette.text;
    for (const pedal of this.timeline.pedals) {
      if (pedal.end < this.left || pedal.start > right) continue;
      const from = x(pedal.start);
      pen.globalAlpha = 0.55;
      pen.fillRect(from, floor + 6, Math.max(2, x(pedal.end) - from - 2), 4);
    }
    pen.globalAlpha = 1;
  }

  private drawNotes(
    pen: CanvasRenderingContext2D, palette: Palette, x: (time: number) => number, y: (pitch: number) => number,
    row: number, right: number, position: number,
  ): Set<number> {
    const { notes, longest, composedFrom, composedTo } = this.timeline;
    const lit = new Set<number>();
    const isHeard = this.player.timeline === this.timeline && this.player.isPlaying;
    const gap = row > 6 ? 1 : 0.4;
    const high = Math.max(2, row - gap);
    const radius = Math.min(3, high / 2);
    let ink = "";
    for (let i = this.timeline.indexAt(this.left - longest); i < notes.length; i++) {
      const note = notes[i]!;
      if (note.start > right) break;
      if (note.end < this.left) continue;
      const sounds = isHeard && note.start <= position && position < note.end;
      if (sounds) lit.add(note.pitch);
      const shades = note.start < composedFrom - 1e-6 || note.start >= composedTo - 1e-6 ? palette.given : palette.composed;
      const wanted = sounds ? palette.lit : shades[shadeOf(note.velocity)]!;
      if (wanted !== ink) pen.fillStyle = ink = wanted;
      const from = x(note.start);
      const wide = Math.max(2, (note.end - note.start) * this.scale - 1);
      if (wide < 5) pen.fillRect(from, y(note.pitch) + gap / 2, wide, high);
      else {
        pen.beginPath();
        pen.roundRect(from, y(note.pitch) + gap / 2, wide, high, radius);
        pen.fill();
      }
    }
    return lit;
  }

  private drawKeys(
    pen: CanvasRenderingContext2D, palette: Palette, y: (pitch: number) => number, row: number, low: number, high: number, keys: number, lit: Set<number>,
  ): void {
    const height = this.canvas.clientHeight;
    pen.fillStyle = palette.whiteKey;
    pen.fillRect(0, ruler, keys, height - ruler - pedalStrip);
    pen.fillStyle = palette.ground;
    pen.fillRect(0, 0, keys, ruler - 1);
    pen.fillRect(0, height - pedalStrip + 1, keys, pedalStrip);
    for (let pitch = low; pitch <= high; pitch++) {
      const top = y(pitch);
      if (isBlackKey(pitch)) {
        pen.fillStyle = lit.has(pitch) ? palette.accent : palette.blackKey;
        pen.fillRect(0, top + 0.5, keys * 0.6, row - 1);
      } else if (lit.has(pitch)) {
        pen.fillStyle = palette.accent;
        pen.fillRect(0, top, keys, row);
      }
      if (pitch % 12 === 0 || pitch % 12 === 5) {
        pen.fillStyle = palette.bar;
        pen.fillRect(0, Math.round(top + row) - 0.5, keys, 1);
      }
    }
    pen.font = `500 10px ${getComputedStyle(this).fontFamily}`;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (let pitch = low; pitch <= high; pitch++) {
      if (pitch % 12 !== 0) continue;
      pen.fillStyle = lit.has(pitch) ? palette.ground : palette.keyText;
      pen.fillText(pitchName(pitch), keys - 5, y(pitch) + row / 2 + 0.5);
    }
    if (keys === keysWide && this.timeline.pedals.length) {
      pen.fillStyle = palette.text;
      pen.fillText("Ped.", keys - 6, height - pedalStrip / 2 + 0.5);
    }
    pen.textAlign = "left";
    pen.fillStyle = palette.bar;
    pen.fillRect(keys - 1, ruler, 1, height);
  }

  private describe(): string {
    const { notes, lowest, highest, duration } = this.timeline;
    if (!notes.length) return "Piano roll, empty";
    return `Piano roll of ${this.label}: ${notes.length} notes from ${pitchName(lowest)} to ${pitchName(highest)}, ${clockText(duration)} long`;
  }

  private timeAt(event: { offsetX: number }): number {
    return this.left + (event.offsetX - this.keys) / this.scale;
  }

  private press(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (this.pointers.size === 2) {
      this.gesture = { kind: "pinch", x: this.spread(), left: this.left, scale: this.scale, from: this.timeAt(event) };
      return;
    }
    const isLoop = event.offsetY < ruler && event.offsetX > this.keys;
    this.gesture = { kind: isLoop ? "loop" : "press", x: event.offsetX, left: this.left, scale: this.scale, from: this.timeAt(event) };
  }

  private move(event: PointerEvent): void {
    const gesture = this.gesture;
    if (!gesture || !this.pointers.has(event.pointerId)) return;
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    const moved = event.offsetX - gesture.x;
    if (gesture.kind === "pinch") {
      this.zoom((gesture.scale * (this.spread() / gesture.x)) / this.scale, gesture.from);
      return;
    }
    if (gesture.kind === "loop") {
      if (Math.abs(moved) < 6) return;
      const [from, to] = [gesture.from, this.timeAt(event)].sort((a, b) => a - b) as [number, number];
      this.player.setLoop({ from: Math.max(0, from), to: Math.min(to, this.timeline.duration) });
      return;
    }
    if (gesture.kind === "press" && Math.abs(moved) > 5) gesture.kind = "pan";
    if (gesture.kind === "pan") {
      this.follow = false;
      this.left = gesture.left - moved / this.scale;
      this.clampView();
      this.redraw();
    }
  }

  private lift(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    const gesture = this.gesture;
    this.gesture = undefined;
    if (!gesture || event.offsetX < this.keys || !this.timeline.notes.length) return;
    const isClick = Math.abs(event.offsetX - gesture.x) <= 5;
    if (gesture.kind === "press" || (gesture.kind === "loop" && isClick)) this.player.seek(this.timeAt(event));
  }

  private wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * 0.004), this.timeAt(event));
      return;
    }
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    this.follow = false;
    this.left += sideways / this.scale;
    this.clampView();
    this.redraw();
  }

  private spread(): number {
    const [a, b] = [...this.pointers.values()];
    return Math.max(10, Math.hypot(a!.x - b!.x, a!.y - b!.y));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "piano-roll": PianoRoll;
  }
}
