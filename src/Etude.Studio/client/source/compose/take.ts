import { api, type Piece, type WireNotes } from "../api.js";
import { Clock, Timeline } from "../roll/timeline.js";

const microseconds = new Clock(1e6, [0, 1e6]);

/** One piece in the page: what the studio says of it, and its notes as they come. Fires "change". */
export class Take extends EventTarget {
  timeline: Timeline;
  share = 0;
  fault = "";
  private source?: EventSource;

  constructor(public piece: Piece) {
    super();
    this.timeline = this.isUnfinished ? Timeline.growing() : new Timeline();
  }

  get id(): string {
    return this.piece.id;
  }

  get isUnfinished(): boolean {
    return this.piece.state === "waiting" || this.piece.state === "composing";
  }

  /** Follows the piece until it is done, then takes the finished score. */
  async open(): Promise<void> {
    if (!this.isUnfinished) return this.finish();
    const source = (this.source = api.events(this.id));
    source.addEventListener("piece", (event) => {
      this.piece = JSON.parse((event as MessageEvent<string>).data) as Piece;
      if (!this.isUnfinished) {
        source.close();
        void this.finish();
      }
      this.tell();
    });
    source.addEventListener("notes", (event) => {
      const news = JSON.parse((event as MessageEvent<string>).data) as WireNotes;
      this.share = news.share;
      this.timeline.composedFrom = this.piece.composedFromSeconds;
      this.timeline.append(news.notes, microseconds);
      this.timeline.rule(news.barSeconds);
      this.tell();
    });
    source.addEventListener("error", () => {
      // The browser reconnects by itself, and the studio goes on where it was; only a closed door is a fault.
      if (source.readyState !== EventSource.CLOSED) return;
      this.fault = "The studio does not answer. Is it still running?";
      this.tell();
    });
  }

  close(): void {
    this.source?.close();
  }

  async change(change: { kept?: boolean; rating?: number; title?: string }): Promise<void> {
    this.piece = await api.update(this.id, change);
    this.tell();
  }

  private async finish(): Promise<void> {
    this.share = 1;
    this.fault = this.piece.fault ?? "";
    this.timeline.horizon = Infinity;
    if (this.piece.state === "done") {
      try {
        this.timeline = Timeline.of(await api.score(this.id));
        this.tell();
        this.dispatchEvent(new Event("done"));
      } catch (fault) {
        this.fault = (fault as Error).message;
      }
    }
    this.tell();
  }

  private tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}
