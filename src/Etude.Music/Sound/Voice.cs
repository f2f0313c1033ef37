using System.Numerics;

namespace Etude.Music.Sound;

/// <summary>One region sounding: reads the sample at its pitch, filters it, and adds it to the mix.</summary>
internal sealed class Voice
{
    /// <summary>Frames between two looks at the envelopes; what is between is a straight line.</summary>
    public const int BlockFrames = 64;

    private const double Inaudible = 2e-5;

    private readonly short[] pool;
    private readonly SoundFontRegion region;
    private readonly Envelope volume, modulation;
    private readonly double step, sampleRate, baseGain, panLeft, panRight, release;
    private readonly double cutoffCents, cutoffSweepCents, resonanceDecibels;
    private readonly bool isFiltered;
    private double position, lastGain;
    private int frame;
    private float b0, b1, a1, a2, state1, state2;
    private double filterCents = double.NaN;

    /// <summary>A key struck.</summary>
    /// <param name="pool">The font's samples.</param>
    /// <param name="region">What sounds of them.</param>
    /// <param name="key">The key struck.</param>
    /// <param name="velocity">How hard.</param>
    /// <param name="release">When the key or pedal lets go, in seconds after the start.</param>
    /// <param name="delayFrames">Frames of the first block that pass before the start.</param>
    /// <param name="sampleRate">Samples a second of the mix.</param>
    public Voice(short[] pool, SoundFontRegion region, int key, int velocity, double release, int delayFrames, int sampleRate)
    {
        var zone = region.Zone;
        int soundingKey = zone[SoundFontGenerator.FixedKey] is >= 0 and var fixedKey ? fixedKey : key;
        if (zone[SoundFontGenerator.FixedVelocity] is > 0 and var fixedVelocity) velocity = fixedVelocity;
        (this.pool, this.region, this.release, this.sampleRate, frame) = (pool, region, release, sampleRate, -delayFrames);
        position = region.Start;
        double cents = (soundingKey - region.RootKey) * region.CentsPerKey + region.TuneCents;
        step = Math.Pow(2, Math.Clamp(cents, -9600, 9600) / 1200) * region.SampleRate / sampleRate;
        volume = Envelope.Volume(zone, key);
        modulation = Envelope.Modulation(zone);

        // The default modulator of section 8.4.1 makes loudness the square of velocity. Fonts in circulation are
        // voiced for the EMU chips, which took 0.4 of an attenuation; FluidSynth and the rest follow them.
        double decibels = 40 * Math.Log10(velocity / 127.0) - 0.04 * Math.Clamp((int)zone[SoundFontGenerator.Attenuation], 0, 1440);
        baseGain = Math.Pow(10, decibels / 20);
        double pan = (Math.Clamp((int)zone[SoundFontGenerator.Pan], -500, 500) + 500) / 1000.0 * Math.PI / 2;
        (panLeft, panRight) = (Math.Cos(pan), Math.Sin(pan));

        cutoffCents = zone[SoundFontGenerator.FilterCutoff];
        cutoffSweepCents = zone[SoundFontGenerator.ModulationEnvelopeToFilter];
        resonanceDecibels = Math.Clamp((int)zone[SoundFontGenerator.FilterResonance], 0, 960) / 10.0;
        // 13,500 cents is 20 kHz: open.
        isFiltered = Math.Min(cutoffCents, cutoffCents + cutoffSweepCents) < 13_500;
        lastGain = volume.At(0, release) * baseGain;
    }

    /// <summary>Whether nothing more will be heard.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How loud it was when last looked at.</summary>
    public double Gain => lastGain;

    /// <summary>Adds the next block; both spans hold <see cref="BlockFrames"/> frames.</summary>
    public void AddTo(Span<float> left, Span<float> right)
    {
        Span<float> block = stackalloc float[BlockFrames];
        int delay = Math.Max(0, -frame);
        if (delay >= BlockFrames)
        {
            frame += BlockFrames;
            return;
        }
        int count = ReadSample(block[delay..]);
        block = block[delay..];
        if (isFiltered) Filter(block);

        double time = (frame + BlockFrames) / sampleRate;
        double gain = volume.At(time, release) * baseGain;
        Mix(block, left[delay..], (float)(lastGain * panLeft), (float)((gain - lastGain) * panLeft / block.Length));
        Mix(block, right[delay..], (float)(lastGain * panRight), (float)((gain - lastGain) * panRight / block.Length));
        lastGain = gain;
        frame += BlockFrames;
        IsOver = count < block.Length || (gain < Inaudible && (time > release || time > 1));
    }

    // Fills the block, going round the loop; what lies beyond the sample's end is silence.
    private int ReadSample(Span<float> block)
    {
        bool isLooping = region.LoopEnd > region.LoopStart && !(region.LoopsUntilRelease && frame / sampleRate >= release);
        int done = 0;
        while (done < block.Length)
        {
            int end = isLooping ? region.LoopEnd : region.End;
            if (position >= end)
            {
                if (!isLooping) break;
                position -= Math.Floor((position - region.LoopStart) / (region.LoopEnd - region.LoopStart)) * (region.LoopEnd - region.LoopStart);
            }
            int count = (int)Math.Min(block.Length - done, Math.Ceiling((end - position) / step));
            position = Interpolation.Read(pool, position, step, block.Slice(done, count));
            done += count;
        }
        block[done..].Clear();
        return done;
    }

    // A two-pole low-pass in transposed direct form II; the cutoff moves in steps too small to hear.
    private void Filter(Span<float> block)
    {
        double cents = cutoffCents + cutoffSweepCents * modulation.At(Math.Max(0, frame) / sampleRate, release);
        if (!(Math.Abs(cents - filterCents) < 5)) SetFilter(cents);
        float s1 = state1, s2 = state2;
        for (int i = 0; i < block.Length; i++)
        {
            float x = block[i], y = b0 * x + s1;
            s1 = b1 * x - a1 * y + s2;
            s2 = b0 * x - a2 * y;
            block[i] = y;
        }
        (state1, state2) = (s1, s2);
    }

    // R. Bristow-Johnson's cookbook low-pass; a resonance of 0 dB is maximally flat.
    private void SetFilter(double cents)
    {
        filterCents = cents;
        double hertz = Math.Min(8.176 * Math.Pow(2, Math.Clamp(cents, 1500, 13_500) / 1200), 0.45 * sampleRate);
        double q = Math.Pow(10, (resonanceDecibels - 3.01) / 20), w = 2 * Math.PI * hertz / sampleRate;
        double alpha = Math.Sin(w) / (2 * q), norm = 1 / (1 + alpha), gain = Math.Pow(10, -resonanceDecibels / 40);
        b0 = (float)((1 - Math.Cos(w)) / 2 * norm * gain);
        b1 = 2 * b0;
        a1 = (float)(-2 * Math.Cos(w) * norm);
        a2 = (float)((1 - alpha) * norm);
    }

    private static void Mix(ReadOnlySpan<float> block, Span<float> output, float gain, float slope)
    {
        int i = 0;
        var gains = new Vector<float>(gain) + Vector<float>.Indices * slope;
        var next = new Vector<float>(slope * Vector<float>.Count);
        for (; i <= block.Length - Vector<float>.Count; i += Vector<float>.Count, gains += next)
        {
            var place = output[i..];
            (new Vector<float>(place) + new Vector<float>(block[i..]) * gains).CopyTo(place);
        }
        for (; i < block.Length; i++) output[i] += block[i] * (gain + slope * i);
    }
}
