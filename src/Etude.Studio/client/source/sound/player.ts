import { Timeline } from "../roll/timeline.js";
import type { Piano } from "./piano.js";

export interface Loop {
  from: number;
  to: number;
}

/**
 * Plays a timeline on a piano: play, pause, seek, tempo, loop, also while the piece is still growing. Fires "change"
 * when the state changes and "ended" when the last note has sounded.
 */
export class Player extends EventTarget {
  private current = new Timeline();
  private playing = false;
  private anchorTime = 0;
  private anchorPosition = 0;
  private nextNote = 0;
  private nextPedal = 0;
  private readonly sounding = new Map<number, number>();
  private timer = 0;
  private speed = 1;
  private region?: Loop;
  private stalled = false;

  constructor(readonly piano: Piano) {
    super();
  }

  get timeline(): Timeline {
    return this.current;
  }

  get isPlaying(): boolean {
    return this.playing;
  }

  /** True while playing waits for notes that are not composed yet. */
  get isWaiting(): boolean {
    return this.playing && this.stalled;
  }

  get tempo(): number {
    return this.speed;
  }

  get loop(): Loop | undefined {
    return this.region;
  }

  /** The place that is heard now, in seconds of the piece. */
  get position(): number {
    if (!this.playing || this.stalled) return this.anchorPosition;
    return Math.max(0, this.anchorPosition + Math.max(0, this.piano.now - this.piano.latency - this.anchorTime) * this.speed);
  }

  /** Takes another piece, from its start, silent until play. */
  open(timeline: Timeline): void {
    this.pause();
    this.current = timeline;
    this.region = undefined;
    this.anchorPosition = 0;
    this.tell();
  }

  /** Puts the whole piece in the place of the growing one, without a break. */
  replace(timeline: Timeline): void {
    const position = this.scheduledTo();
    this.current = timeline;
    this.nextNote = timeline.indexAt(position);
    this.nextPedal = this.pedalAt(position);
    if (this.playing && timeline.pedals.some((pedal) => pedal.start < position && pedal.end > position)) this.piano.pedal(true, this.piano.now);
    this.tell();
  }

  async play(from?: number): Promise<void> {
    await this.piano.wake();
    if (from !== undefined) this.anchorPosition = from;
    else if (this.anchorPosition >= this.current.duration - 0.05 && this.current.horizon === Infinity) this.anchorPosition = this.region?.from ?? 0;
    this.playing = true;
    this.restart();
    clearInterval(this.timer);
    this.timer = window.setInterval(() => this.schedule(), 20);
    this.schedule();
    this.tell();
  }

  pause(): void {
    if (!this.playing) return;
    this.anchorPosition = this.position;
    this.playing = false;
    clearInterval(this.timer);
    this.sounding.clear();
    this.piano.hush();
    this.tell();
  }

  async toggle(): Promise<void> {
    if (this.playing) this.pause();
    else await this.play();
  }

  seek(position: number): void {
    this.anchorPosition = Math.min(Math.max(0, position), this.current.duration);
    if (this.playing) this.restart();
    this.tell();
  }

  setTempo(speed: number): void {
    this.anchorPosition = this.position;
    this.anchorTime = this.piano.now - this.piano.latency;
    this.speed = speed;
    this.tell();
  }

  setLoop(region: Loop | undefined): void {
    this.region = region && region.to - region.from >= 0.2 ? region : undefined;
    if (this.region && this.playing && (this.position < this.region.from || this.position > this.region.to)) this.seek(this.region.from);
    this.tell();
  }

  private restart(): void {
    this.sounding.clear();
    this.piano.unhush();
    // A moment's head start lets the first chord be scheduled exactly.
    this.anchorTime = this.piano.now + 0.06;
    this.stalled = false;
    this.nextNote = this.current.indexAt(this.anchorPosition - 0.01);
    this.nextPedal = this.pedalAt(this.anchorPosition);
    if (this.current.pedals.some((pedal) => pedal.start < this.anchorPosition && pedal.end > this.anchorPosition)) this.piano.pedal(true, this.anchorTime);
  }

  private pedalAt(position: number): number {
    const index = this.current.pedals.findIndex((pedal) => pedal.start >= position);
    return (index < 0 ? this.current.pedals.length : index) * 2;
  }

  private timeOf(position: number): number {
    return this.anchorTime + (position - this.anchorPosition) / this.speed;
  }

  /** Hidden pages are woken once a second only, so they look further ahead. */
  private get lookAhead(): number {
    return document.hidden ? 1.6 : 0.1;
  }

  private scheduledTo(): number {
    if (!this.playing || this.stalled) return this.anchorPosition;
    return this.anchorPosition + Math.max(0, this.piano.now + this.lookAhead - this.anchorTime) * this.speed;
  }

  private schedule(): void {
    const { notes, horizon, pedals } = this.current;
    const isWhole = horizon === Infinity;
    if (this.stalled) {
      if (!isWhole && horizon < this.anchorPosition + 0.3) return;
      this.restart();
      this.tell();
    }
    let until = this.scheduledTo();
    if (!isWhole && until > horizon) {
      until = horizon;
      if (this.position >= horizon - 0.02) {
        this.anchorPosition = Math.max(this.anchorPosition, this.position);
        this.stalled = true;
        this.tell();
        return;
      }
    }
    const end = this.region ? Math.min(until, this.region.to) : until;
    while (this.nextNote < notes.length && notes[this.nextNote]!.start < end) {
      const note = notes[this.nextNote++]!;
      const time = this.timeOf(note.start);
      if (this.sounding.has(note.pitch)) this.piano.release(note.pitch, Math.max(this.piano.now, time - 0.003));
      this.piano.strike(note.pitch, note.velocity, time);
      this.sounding.set(note.pitch, note.end);
    }
    for (const [pitch, over] of this.sounding) {
      if (over >= end) continue;
      this.piano.release(pitch, this.timeOf(over));
      this.sounding.delete(pitch);
    }
    while (this.nextPedal < pedals.length * 2) {
      const pedal = pedals[this.nextPedal >> 1]!;
      const isDown = this.nextPedal % 2 === 0;
      const place = isDown ? pedal.start : pedal.end;
      if (place >= end) break;
      this.piano.pedal(isDown, this.timeOf(place));
      this.nextPedal++;
    }
    if (this.region && this.position >= this.region.to - 0.01) this.turnBack(this.region);
    else if (isWhole && this.position > this.current.duration + 0.8 / this.speed) this.finish();
  }

  private turnBack(region: Loop): void {
    this.piano.pedal(false, this.piano.now);
    for (const pitch of this.sounding.keys()) this.piano.release(pitch, this.piano.now);
    this.sounding.clear();
    this.anchorTime = this.timeOf(region.to);
    this.anchorPosition = region.from;
    this.nextNote = this.current.indexAt(region.from - 0.001);
    this.nextPedal = this.pedalAt(region.from);
    this.tell();
  }

  private finish(): void {
    this.pause();
    this.anchorPosition = 0;
    this.tell();
    this.dispatchEvent(new Event("ended"));
  }

  private tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}
