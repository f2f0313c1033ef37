using Etude.Music.Scores;

namespace Etude.Music.Sound;

/// <summary>Makes a score sound: a sampler on one thread, many times faster than the piece plays.</summary>
public static class Renderer
{
    // After the last damper has fallen: the longest that undamped strings and the room are followed.
    private const double MaximumTailSeconds = 6, FadeSeconds = 0.05;

    /// <summary>
    /// Renders a whole score with its tempo map, velocities and sustain pedal. Parts of one program share one
    /// pedal; a key struck again ends what it sounded before. Drum parts sound only where the font has drums.
    /// The same input gives the same samples.
    /// </summary>
    /// <param name="score">The score; without notes the result is empty.</param>
    /// <param name="soundFont">The instruments, see <see cref="SoundFonts.Find"/>.</param>
    /// <param name="options">Rate, room and level; defaults where null.</param>
    /// <param name="progress">Hears the part done, 0 to 1, about once for a second of sound.</param>
    /// <param name="cancellation">Stops the work within a hundredth of a second of sound.</param>
    /// <returns>The sound, some 8 bytes a sample in memory.</returns>
    /// <exception cref="ArgumentException">The piece is longer than <see cref="RenderOptions.MaximumSeconds"/>.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked.</exception>
    public static StereoAudio Render(Score score, SoundFont soundFont, RenderOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(soundFont);
        options ??= new RenderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SampleRate, 8_000, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.SampleRate, 192_000, nameof(options));

        var notes = SoundingNote.Of(score);
        double end = notes.Count == 0 ? 0 : notes.Max(note => note.Release);
        if (end > options.MaximumSeconds)
            throw new ArgumentException(FormattableString.Invariant(
                $"The score lasts {end:F0} s, longer than the {options.MaximumSeconds:F0} s allowed; cut it, or raise RenderOptions.MaximumSeconds."), nameof(score));
        if (notes.Count == 0) return new StereoAudio([], [], options.SampleRate);

        int blockCount = (int)((end + MaximumTailSeconds) * options.SampleRate / Voice.BlockFrames) + 1;
        float[] left = new float[blockCount * Voice.BlockFrames], right = new float[left.Length];
        int length = Synthesize(notes, soundFont, options, end, left, right, progress, cancellation);
        Array.Resize(ref left, length);
        Array.Resize(ref right, length);
        var audio = new StereoAudio(left, right, options.SampleRate);
        Finish(audio, options.PeakDecibels);
        progress?.Report(1);
        return audio;
    }

    private static int Synthesize(List<SoundingNote> notes, SoundFont font, RenderOptions options, double end,
        float[] left, float[] right, IProgress<double>? progress, CancellationToken cancellation)
    {
        var voices = new List<Voice>();
        var reverb = options.Reverb > 0 ? new Reverb(options.Reverb, options.SampleRate) : null;
        int next = 0, blocksBetweenReports = Math.Max(1, options.SampleRate / Voice.BlockFrames), blocks = left.Length / Voice.BlockFrames;
        float loudest = 0;
        for (int block = 0; block < blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (block % blocksBetweenReports == 0) progress?.Report((double)block / blocks);
            int from = block * Voice.BlockFrames;
            for (; next < notes.Count && (int)(notes[next].Start * options.SampleRate) < from + Voice.BlockFrames; next++)
                Strike(notes[next], font, options, from, voices);

            Span<float> blockLeft = left.AsSpan(from, Voice.BlockFrames), blockRight = right.AsSpan(from, Voice.BlockFrames);
            foreach (var voice in voices) voice.AddTo(blockLeft, blockRight);
            voices.RemoveAll(static voice => voice.IsOver);
            reverb?.AddTo(blockLeft, blockRight);

            // The tail ends when it has faded to a ten-thousandth of the loudest block.
            float peak = 0;
            for (int i = 0; i < blockLeft.Length; i++) peak = Math.Max(peak, Math.Max(Math.Abs(blockLeft[i]), Math.Abs(blockRight[i])));
            loudest = Math.Max(loudest, peak);
            if (next == notes.Count && from > end * options.SampleRate && peak < loudest * 1e-4f) return from + Voice.BlockFrames;
        }
        return left.Length;
    }

    private static void Strike(SoundingNote note, SoundFont font, RenderOptions options, int from, List<Voice> voices)
    {
        foreach (var region in font.RegionsOf(note.Program, note.IsDrums))
        {
            if (!region.Matches(note.Pitch, note.Velocity)) continue;
            if (voices.Count >= options.MaximumVoices) voices.Remove(voices.MinBy(voice => voice.Gain)!);
            voices.Add(new Voice(font.Samples, region, note.Pitch, note.Velocity, note.Release - note.Start,
                (int)(note.Start * options.SampleRate) - from, options.SampleRate));
        }
    }

    private static void Finish(StereoAudio audio, double? peakDecibels)
    {
        int fade = Math.Min(audio.Length, (int)(FadeSeconds * audio.SampleRate));
        for (int i = 0; i < fade; i++)
        {
            float gain = (float)i / fade;
            audio.Left[^(i + 1)] *= gain;
            audio.Right[^(i + 1)] *= gain;
        }
        if (peakDecibels is not { } decibels || audio.Peak() is not (> 0 and var peak)) return;
        float scale = (float)(Math.Pow(10, decibels / 20) / peak);
        for (int i = 0; i < audio.Length; i++)
        {
            audio.Left[i] *= scale;
            audio.Right[i] *= scale;
        }
    }
}
