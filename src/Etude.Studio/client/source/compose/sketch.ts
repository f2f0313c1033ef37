import { api, type CompositionRequest } from "../api.js";
import { Timeline } from "../roll/timeline.js";

/** Music that follows the sliders: asked for anew as they move, one request at a time, the last one counting. Fires "change". */
export class Sketch extends EventTarget {
  timeline = new Timeline();
  fault = "";
  /** Whether the music that stands is the first of this sketch. */
  isFirst = true;
  /** Milliseconds from the last move that was followed to its music. */
  lag = 0;
  private isAsking = false;
  private next?: CompositionRequest;
  private hasMusic = false;

  constructor(readonly seed: number) {
    super();
  }

  async follow(request: CompositionRequest): Promise<void> {
    this.next = { ...request, seed: this.seed };
    if (this.isAsking) return;
    this.isAsking = true;
    while (this.next) {
      const asked = this.next;
      this.next = undefined;
      const began = performance.now();
      try {
        this.timeline = Timeline.of(await api.sketch(asked));
        this.fault = "";
        this.isFirst = !this.hasMusic;
        this.hasMusic = true;
        this.lag = performance.now() - began;
      } catch (fault) {
        this.fault = (fault as Error).message;
      }
      this.dispatchEvent(new Event("change"));
    }
    this.isAsking = false;
  }
}
