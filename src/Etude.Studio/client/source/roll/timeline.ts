import type { WireScore } from "../api.js";

export interface TimedNote {
  start: number;
  end: number;
  pitch: number;
  velocity: number;
}

export interface Bar {
  start: number;
  number: number;
}

/** A score laid out in seconds, ready to draw and to play. Grows while a piece is being composed. */
export class Timeline {
  readonly notes: TimedNote[] = [];
  pedals: { start: number; end: number }[] = [];
  bars: Bar[] = [];
  /** Where the composed part begins. */
  composedFrom = 0;
  /** Where it ends: before the end only where bars within a piece were composed anew. */
  composedTo = Infinity;
  /** Up to where no further note will appear; infinite once the piece is whole. */
  horizon = Infinity;
  /** The end of the last note. */
  duration = 0;
  lowest = 127;
  highest = 0;
  /** Grows with every change, so that drawings know when they are stale. */
  version = 0;
  /** The longest note so far: how far before the left edge a drawing must look. */
  longest = 0;

  /** The finished score, with its tempos, meters and pedal. */
  static of(score: WireScore): Timeline {
    const timeline = new Timeline();
    const clock = new Clock(score.ticksPerQuarter, score.tempos);
    timeline.append(score.notes, clock);
    timeline.composedFrom = score.composedFromSeconds;
    timeline.composedTo = score.composedToSeconds ?? Infinity;
    for (let i = 0; i < score.pedals.length; i += 2) {
      const onset = score.pedals[i]!;
      timeline.pedals.push({ start: clock.seconds(onset), end: clock.seconds(onset + score.pedals[i + 1]!) });
    }
    timeline.bars = bars(score, clock, timeline.duration);
    return timeline;
  }

  /** A piece that is still to come. */
  static growing(): Timeline {
    const timeline = new Timeline();
    timeline.horizon = 0;
    return timeline;
  }

  /** Adds notes in flat form: onset, duration, pitch, velocity of each. */
  append(flat: number[], clock: Clock): void {
    let sorted = true;
    for (let i = 0; i < flat.length; i += 4) {
      const onset = flat[i]!;
      const note = {
        start: clock.seconds(onset),
        end: clock.seconds(onset + flat[i + 1]!),
        pitch: flat[i + 2]!,
        velocity: flat[i + 3]!,
      };
      sorted &&= note.start >= (this.notes.at(-1)?.start ?? 0);
      this.notes.push(note);
      this.duration = Math.max(this.duration, note.end);
      this.longest = Math.max(this.longest, note.end - note.start);
      this.lowest = Math.min(this.lowest, note.pitch);
      this.highest = Math.max(this.highest, note.pitch);
    }
    if (!sorted) this.notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch);
    if (this.horizon !== Infinity) this.horizon = this.notes.at(-1)?.start ?? 0;
    this.version++;
  }

  /** Draws bar lines of one length as far as the piece goes, until the finished score brings its own. */
  rule(barSeconds: number): void {
    for (let bar = this.bars.length; bar * barSeconds < this.duration; bar++) this.bars.push({ start: bar * barSeconds, number: bar + 1 });
  }

  /** The index of the first note that starts at or after a time. */
  indexAt(time: number): number {
    let low = 0;
    let high = this.notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.notes[middle]!.start < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last bar line at or before a time, or the one some bars away from it. */
  barAt(time: number, away = 0): number {
    let index = this.bars.findLastIndex((bar) => bar.start <= time + 1e-6);
    index = Math.min(this.bars.length - 1, Math.max(0, index + away));
    return this.bars[index]?.start ?? 0;
  }
}

/** Ticks to seconds by a tempo map. */
export class Clock {
  private readonly ticks: number[] = [];
  private readonly starts: number[] = [];
  private readonly rates: number[] = [];

  constructor(ticksPerQuarter: number, tempos: number[]) {
    for (let i = 0; i < tempos.length; i += 2) {
      const tick = tempos[i]!;
      const last = this.ticks.length - 1;
      this.starts.push(last < 0 ? 0 : this.starts[last]! + (tick - this.ticks[last]!) * this.rates[last]!);
      this.ticks.push(tick);
      this.rates.push(tempos[i + 1]! / 1e6 / ticksPerQuarter);
    }
  }

  seconds(tick: number): number {
    let index = this.ticks.length - 1;
    while (index > 0 && this.ticks[index]! > tick) index--;
    return this.starts[index]! + (tick - this.ticks[index]!) * this.rates[index]!;
  }
}

function bars(score: WireScore, clock: Clock, duration: number): Bar[] {
  const found: Bar[] = [];
  let number = 1;
  for (let i = 0; i < score.meters.length; i += 3) {
    const until = score.meters[i + 3] ?? Infinity;
    const length = (score.ticksPerQuarter * 4 * score.meters[i + 1]!) / score.meters[i + 2]!;
    for (let tick = score.meters[i]!; tick < until && found.length < 10_000; tick += length) {
      const start = clock.seconds(tick);
      if (start > duration) break;
      found.push({ start, number: number++ });
    }
  }
  return found;
}

const names = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];

export const pitchName = (pitch: number) => `${names[pitch % 12]}${Math.floor(pitch / 12) - 1}`;

export const isBlackKey = (pitch: number) => [1, 3, 6, 8, 10].includes(pitch % 12);

/** Minutes and seconds: 1:07. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
