import type { WorkletSynthesizer } from "spessasynth_lib";
import processorAddress from "spessasynth_lib/dist/spessasynth_processor.min.js?url";

/**
 * The piano in the page: the studio's sound font on spessasynth, behind a volume and an analyser. Everything heavy is
 * fetched before the first click, so that the first note is not kept waiting.
 */
export class Piano {
  private context?: AudioContext;
  private synthesizer?: WorkletSynthesizer;
  private volume?: GainNode;
  private meter?: AnalyserNode;
  private loading?: Promise<void>;
  private level = 1;

  /** Seconds on the audio clock; 0 before there is one. */
  get now(): number {
    return this.context?.currentTime ?? 0;
  }

  /** How long a sound takes from the clock to the ear. */
  get latency(): number {
    return this.context?.outputLatency || 0;
  }

  /** Whether synthesizer and sound font are there. */
  get loaded(): boolean {
    return this.synthesizer !== undefined;
  }

  get isRunning(): boolean {
    return this.context?.state === "running" && this.loaded;
  }

  /** Fetches the synthesizer and the sound font. Safe to call often; a failure can be tried again. */
  load(): Promise<void> {
    this.loading ??= this.open().catch((fault: unknown) => {
      this.loading = undefined;
      throw fault;
    });
    return this.loading;
  }

  /** Must be called from a click or a key, once: browsers keep pages silent until then. */
  async wake(): Promise<void> {
    await this.load();
    if (this.context!.state !== "running") await this.context!.resume();
  }

  strike(pitch: number, velocity: number, time: number): void {
    this.synthesizer?.noteOn(0, pitch, velocity, { time });
  }

  release(pitch: number, time: number): void {
    this.synthesizer?.noteOff(0, pitch, { time });
  }

  pedal(isDown: boolean, time: number): void {
    this.synthesizer?.controllerChange(0, 64, isDown ? 127 : 0, { time });
  }

  /** Lifts the pedal and lets all keys up; what was scheduled a moment ahead is faded out with them. */
  hush(): void {
    if (!this.synthesizer || !this.volume) return;
    const gain = this.volume.gain;
    gain.cancelScheduledValues(this.now);
    gain.setTargetAtTime(0, this.now, 0.015);
    this.pedal(false, this.now);
    this.synthesizer.stopAll();
  }

  /** Undoes the fade of a hush. */
  unhush(): void {
    if (!this.synthesizer || !this.volume) return;
    this.synthesizer.stopAll(true);
    this.volume.gain.cancelScheduledValues(this.now);
    this.volume.gain.setTargetAtTime(this.level, this.now, 0.005);
  }

  setVolume(level: number): void {
    this.level = level;
    this.volume?.gain.setTargetAtTime(level, this.now, 0.02);
  }

  /** The loudest sample of the last moments, 0 to 1. */
  peak(): number {
    if (!this.meter) return 0;
    const samples = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(samples);
    return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  }

  private async open(): Promise<void> {
    if (!("AudioWorklet" in window)) {
      throw new Error("This browser plays sound only over https or from localhost. Download the WAV file to listen.");
    }
    const [{ WorkletSynthesizer }, font] = await Promise.all([import("spessasynth_lib"), fetchFont()]);
    const context = (this.context ??= new AudioContext({ latencyHint: "interactive" }));
    await context.audioWorklet.addModule(processorAddress);
    const synthesizer = new WorkletSynthesizer(context);
    this.volume = context.createGain();
    this.volume.gain.value = this.level;
    this.meter = context.createAnalyser();
    synthesizer.connect(this.volume);
    this.volume.connect(this.meter).connect(context.destination);
    await synthesizer.isReady;
    await synthesizer.soundBankManager.addSoundBank(font, "piano");
    synthesizer.programChange(0, 0);
    this.synthesizer = synthesizer;
  }
}

async function fetchFont(): Promise<ArrayBuffer> {
  const response = await fetch("/api/soundfont");
  if (!response.ok) throw new Error("The piano's sound could not be fetched from the studio.");
  return response.arrayBuffer();
}
