import { LitElement, html } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Player } from "../sound/player.js";
import { paletteOf, type Palette } from "./palette.js";
import { Timeline, clockText } from "./timeline.js";

/**
 * The whole piece in a narrow strip. With a player it is the slider that moves through the piece (arrow keys go by a
 * bar); without one it is a picture.
 */
@customElement("piece-strip")
export class PieceStrip extends LitElement {
  @property({ attribute: false }) player?: Player;
  @property({ attribute: false }) timeline = new Timeline();
  /** The share of the asked-for length that stands; the strip's full width is the whole. */
  @property({ type: Number }) share = 1;

  private canvas!: HTMLCanvasElement;
  private palette?: Palette;
  private picture?: HTMLCanvasElement;
  private pictureKey = "";
  private frame = 0;
  private readonly sizes = new ResizeObserver(() => this.redraw());
  private readonly theme = matchMedia("(prefers-color-scheme: dark)");
  private readonly onChange = () => this.redraw();
  private readonly onTheme = () => {
    this.palette = undefined;
    this.pictureKey = "";
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
    this.player?.removeEventListener("change", this.onChange);
    this.theme.removeEventListener("change", this.onTheme);
    document.removeEventListener("etude-theme", this.onTheme);
  }

  protected override render() {
    return this.player
      ? html`<canvas role="slider" tabindex="0" aria-label="Position in the piece" @keydown=${this.key} @pointerdown=${this.point} @pointermove=${this.point}></canvas>`
      : html`<canvas role="img" aria-hidden="true"></canvas>`;
  }

  protected override firstUpdated() {
    this.canvas = this.querySelector("canvas")!;
    this.sizes.observe(this.canvas);
    this.player?.addEventListener("change", this.onChange);
  }

  protected override updated() {
    this.redraw();
  }

  redraw(): void {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  private get span(): number {
    const { duration, horizon } = this.timeline;
    return Math.max(1, horizon === Infinity ? duration : duration / Math.max(0.02, Math.min(1, this.share)));
  }

  private draw(): void {
    this.frame = 0;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    const dense = Math.min(2, devicePixelRatio || 1);
    const palette = (this.palette ??= paletteOf(this));
    if (this.canvas.width !== Math.round(width * dense) || this.canvas.height !== Math.round(height * dense)) {
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(height * dense);
    }
    const key = `${this.timeline.version} ${this.timeline.notes.length} ${this.span} ${width} ${height}`;
    if (key !== this.pictureKey || !this.picture) {
      this.picture = this.paint(width, height, dense, palette);
      this.pictureKey = key;
    }
    const pen = this.canvas.getContext("2d")!;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.picture, 0, 0);
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    if (this.player && this.player.timeline === this.timeline) {
      const { loop, position } = this.player;
      if (loop && (loop.from > 0 || loop.to < this.timeline.duration)) {
        pen.fillStyle = palette.loop;
        pen.fillRect((loop.from / this.span) * width, 0, ((loop.to - loop.from) / this.span) * width, height);
      }
      const place = (position / this.span) * width;
      pen.fillStyle = palette.loop;
      pen.fillRect(0, 0, place, height);
      pen.fillStyle = palette.accent;
      pen.fillRect(Math.min(width - 2, Math.max(0, place - 1)), 0, 2, height);
      this.tell(position);
      if (this.player.isPlaying) this.redraw();
    }
  }

  private paint(width: number, height: number, dense: number, palette: Palette): HTMLCanvasElement {
    const picture = document.createElement("canvas");
    picture.width = Math.round(width * dense);
    picture.height = Math.round(height * dense);
    const pen = picture.getContext("2d")!;
    pen.scale(dense, dense);
    const { notes, lowest, highest, composedFrom, composedTo } = this.timeline;
    const low = Math.min(lowest, 48) - 1;
    const step = (height - 6) / (Math.max(highest, 84) - low + 1);
    for (const note of notes) {
      pen.fillStyle = (note.start < composedFrom - 1e-6 || note.start >= composedTo - 1e-6 ? palette.given : palette.composed)[3]!;
      const from = (note.start / this.span) * width;
      pen.fillRect(from, height - 3 - (note.pitch - low) * step, Math.max(1, ((note.end - note.start) / this.span) * width), Math.max(1.2, step));
    }
    return picture;
  }

  private tell(position: number): void {
    this.canvas.setAttribute("aria-valuemin", "0");
    this.canvas.setAttribute("aria-valuemax", String(Math.round(this.timeline.duration)));
    this.canvas.setAttribute("aria-valuenow", String(Math.round(position)));
    this.canvas.setAttribute("aria-valuetext", `${clockText(position)} of ${clockText(this.timeline.duration)}`);
  }

  private point(event: PointerEvent): void {
    if (!this.player || event.buttons !== 1) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.player.seek((event.offsetX / this.canvas.clientWidth) * this.span);
  }

  private key(event: KeyboardEvent): void {
    const player = this.player!;
    const position = player.position;
    const target = {
      ArrowLeft: this.timeline.barAt(position - 0.3, 0),
      ArrowRight: this.timeline.barAt(position, 1),
      Home: 0,
      End: this.timeline.duration,
      PageUp: position - 10,
      PageDown: position + 10,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    player.seek(target);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "piece-strip": PieceStrip;
  }
}
