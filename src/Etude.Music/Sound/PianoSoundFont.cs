namespace Etude.Music.Sound;

/// <summary>
/// Etude's own piano, made by calculation: hammers striking stiff strings (<see cref="PianoOptions"/> says how many
/// are recorded), strings in unison decaying in two stages, a soundboard of random modes, damping by key.
/// </summary>
public static class PianoSoundFont
{
    private const int LowestKey = 21, HighestKey = 108, LastDampedKey = 90, ShadesPerLayer = 3;
    private const double Headroom = 0.9, DarkeningSeconds = 5;

    /// <summary>
    /// Builds the whole instrument as a SoundFont 2 file with one preset (bank 0, program 0): stereo, looped, 16-bit.
    /// Takes about a second on two cores and gives the same bytes for the same options on the same kind of processor.
    /// </summary>
    /// <param name="options">How finely it is sampled; the defaults make some thirteen megabytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static byte[] Build(PianoOptions? options = null)
    {
        options ??= new PianoOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.KeyStep, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.KeyStep, 12, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VelocityLayers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.VelocityLayers, 8, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleRate, 22_050, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SampleRate, 96_000, nameof(options));

        var body = new Soundboard(options.Seed);
        var recordings = Enumerable.Range(0, (HighestKey - LowestKey) / options.KeyStep + 1)
            .Select(i => LowestKey + i * options.KeyStep)
            .Select(low => new Range(low, Math.Min(low + options.KeyStep - 1, HighestKey)))
            .SelectMany(keys => Layers(options).Select(layer => (Keys: keys, Layer: layer)))
            .AsParallel().AsOrdered().Select(each => Record(each.Keys, each.Layer, body, options)).ToList();

        // One scale for all keeps what is equally loud equally loud.
        double scale = Headroom * short.MaxValue / recordings.Max(each => each.Level * each.Tone.Left.Concat(each.Tone.Right).Max(Math.Abs));
        var writer = new SoundFontWriter("Etude Piano", "Etude", "A piano synthesized by Etude; free for any use (CC0).");
        foreach (var each in recordings) Store(writer, each, scale, options.SampleRate);
        return writer.ToBytes();
    }

    private static IEnumerable<Range> Layers(PianoOptions options)
    {
        // Equal in hammer speed's logarithm, as speed follows velocity, down from the hardest.
        for (int i = 0; i < options.VelocityLayers; i++)
            yield return new Range(i == 0 ? 1 : Bound(i) + 1, Bound(i + 1));

        // The softest layer is the widest: little changes there.
        int Bound(int i) => (int)Math.Round(127 * Math.Pow((double)i / options.VelocityLayers, 0.8));
    }

    private static Recording Record(Range keys, Range velocities, Soundboard body, PianoOptions options)
    {
        int key = (keys.Low + keys.High) / 2;
        var strings = new PianoString(key);
        var tone = new PianoTone(strings, velocities.High, body, options);
        var shades = new List<Shade>();
        for (int i = 0; i < ShadesPerLayer; i++)
        {
            var range = new Range(velocities.Low + i * velocities.Count / ShadesPerLayer, velocities.Low + (i + 1) * velocities.Count / ShadesPerLayer - 1);
            if (range.Count < 1) continue;
            var wanted = new HammerStrike(strings, HammerStrike.SpeedOf(0.5 * (range.Low + range.High)), options.SampleRate).Amplitudes;
            var struck = new HammerStrike(strings, HammerStrike.SpeedOf(velocities.High), options.SampleRate).Amplitudes;
            double[] target = [.. tone.Partials.Select((partial, n) => partial.Start * wanted[n].Magnitude / struck[n].Magnitude)];
            double cutoff = FitFilter(tone.Partials, partial => partial.Start, target, keepsLevel: false);
            shades.Add(new Shade(range, cutoff, Loudness(tone.Partials, cutoff)));
        }
        double[] faded = [.. tone.Partials.Select(partial => partial.Held * Math.Exp((tone.Loss - partial.Loss) * DarkeningSeconds))];
        double last = FitFilter(tone.Partials, partial => partial.Held, faded, keepsLevel: true);
        return new Recording(key, keys, tone, shades, last, WantedLoudness(key) / shades.Min(shade => shade.Loudness));
    }

    private static void Store(SoundFontWriter writer, Recording recording, double scale, int sampleRate)
    {
        var (key, keys, tone, shades, lastCutoff, level) = recording;
        int sample = writer.AddStereo(FormattableString.Invariant($"Key {key} v{shades[^1].Velocities.High}"),
            Quantized(tone.Left, scale * level), Quantized(tone.Right, scale * level), sampleRate, key, tone.LoopStart, tone.LoopEnd);

        // What lies beyond the keyboard sounds too.
        int low = keys.Low == LowestKey ? 0 : keys.Low, high = keys.High == HighestKey ? 127 : keys.High;
        int stretch = (int)Math.Round((PianoString.StretchCents(key + 6) - PianoString.StretchCents(key - 6)) / 12);
        int decay = Timecents(5 * Math.Log(10) / tone.Loss);
        int release = key > LastDampedKey ? decay : Timecents(PianoString.Along([21, 60, 90], [1.1, 0.55, 0.3], key));
        foreach (var shade in shades)
        {
            int first = (int)shade.Cutoff, last = (int)Math.Min(lastCutoff, shade.Cutoff);
            // Players take 0.4 of an attenuation, see Voice: one decibel is 25 centibels.
            int attenuation = (int)Math.Round(25 * 20 * Math.Log10(shade.Loudness / shades.Min(other => other.Loudness)));
            foreach (int side in (ReadOnlySpan<int>)[0, 1])
            {
                writer.AddZone(
                    (SoundFontGenerator.KeyRange, high << 8 | low),
                    (SoundFontGenerator.VelocityRange, shade.Velocities.High << 8 | shade.Velocities.Low),
                    (SoundFontGenerator.FilterCutoff, last),
                    (SoundFontGenerator.ModulationEnvelopeToFilter, first - last),
                    (SoundFontGenerator.Pan, side == 0 ? -500 : 500),
                    (SoundFontGenerator.ModulationHold, Timecents(tone.AttackSeconds / 2)),
                    (SoundFontGenerator.ModulationDecay, Timecents(DarkeningSeconds)),
                    (SoundFontGenerator.ModulationSustain, 1000),
                    (SoundFontGenerator.ModulationRelease, Timecents(1)),
                    (SoundFontGenerator.VolumeDecay, decay),
                    (SoundFontGenerator.VolumeSustain, 1440),
                    (SoundFontGenerator.VolumeRelease, release),
                    (SoundFontGenerator.Attenuation, attenuation),
                    (SoundFontGenerator.SampleModes, 1),
                    (SoundFontGenerator.ScaleTuning, 100 + stretch),
                    (SoundFontGenerator.Sample, sample + side));
            }
        }
    }

    // The cutoff, in cents above 8.176 Hz, of the two-pole filter that best turns one spectrum into another, where
    // it is heard.
    private static double FitFilter(PianoTone.Partial[] partials, Func<PianoTone.Partial, double> from, double[] to, bool keepsLevel)
    {
        double best = double.PositiveInfinity, bestCents = 13_500;
        // Not so low that the filter would take the tone itself.
        double lowest = 1200 * Math.Log2(2 * partials[0].Frequency / 8.176);
        for (double cents = 13_500; cents >= lowest; cents -= 50)
        {
            double weights = 0, sum = 0, squares = 0;
            for (int i = 0; i < partials.Length; i++)
            {
                if (from(partials[i]) <= 0 || to[i] <= 0) continue;
                double weight = Math.Sqrt(to[i] * Ear(partials[i].Frequency));
                double difference = Math.Log(from(partials[i]) * Filter(partials[i].Frequency, cents) / to[i]);
                weights += weight;
                sum += weight * difference;
                squares += weight * difference * difference;
            }
            double error = keepsLevel ? squares : squares - sum * sum / weights;
            if (error < best) (best, bestCents) = (error, cents);
        }
        return bestCents;
    }

    private static double Loudness(PianoTone.Partial[] partials, double cents) => Math.Sqrt(partials.Sum(partial =>
        Math.Pow(partial.Start * Ear(partial.Frequency) * Filter(partial.Frequency, cents), 2)));

    private static double Filter(double frequency, double cents) =>
        cents >= 13_500 ? 1 : 1 / Math.Sqrt(1 + Math.Pow(frequency / (8.176 * Math.Pow(2, cents / 1200)), 4));

    // A-weighting (IEC 61672), up to a factor.
    private static double Ear(double f)
    {
        double f2 = f * f;
        return f2 * f2 / ((f2 + 424.4) * (f2 + 148_693_636) * Math.Sqrt((f2 + 11_599.3) * (f2 + 544_496.4)));
    }

    private static double WantedLoudness(int key) => PianoString.Along([21, 48, 72, 90, 108], [0.5, 0.8, 1.2, 2, 1.6], key);

    private static short[] Quantized(float[] points, double scale) =>
        [.. points.Select(point => (short)Math.Clamp(Math.Round(point * scale), short.MinValue, short.MaxValue))];

    private static int Timecents(double seconds) => (int)Math.Round(1200 * Math.Log2(seconds));

    private readonly record struct Range(int Low, int High)
    {
        public int Count => High - Low + 1;
    }

    private sealed record Shade(Range Velocities, double Cutoff, double Loudness);

    private sealed record Recording(int Key, Range Keys, PianoTone Tone, List<Shade> Shades, double LastCutoff, double Level);
}
