using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// What pitches a score uses, as MusPy defines it (Dong et al. 2020, "MusPy: a toolkit for symbolic music generation",
/// ISMIR): drum parts are ignored, histograms weigh onsets and not durations. A score without notes gives NaN
/// where MusPy gives NaN, and 0 where it counts.
/// </summary>
public static class PitchMetrics
{
    private static readonly int MajorScale = MaskOf(0, 2, 4, 5, 7, 9, 11);
    private static readonly int NaturalMinorScale = MaskOf(0, 2, 3, 5, 7, 8, 10);

    /// <summary>Highest pitch minus lowest, in semitones; 0 without notes.</summary>
    public static int Range(Score score)
    {
        double[] counts = PitchCounts(score);
        int lowest = Array.FindIndex(counts, count => count > 0);
        return lowest < 0 ? 0 : Array.FindLastIndex(counts, count => count > 0) - lowest;
    }

    /// <summary>The register: the mean pitch of all notes, each counted once. NaN without notes.</summary>
    public static double MeanPitch(Score score)
    {
        double[] counts = PitchCounts(score);
        return counts.Select((count, pitch) => count * pitch).Sum() / counts.Sum();
    }

    /// <summary>The number of different pitches.</summary>
    public static int PitchesUsed(Score score) => PitchCounts(score).Count(count => count > 0);

    /// <summary>The number of different pitch classes, 0 to 12.</summary>
    public static int PitchClassesUsed(Score score) => PitchClassCounts(score).Count(count => count > 0);

    /// <summary>Entropy of the pitch histogram in bits: -sum over 128 pitches of P log2 P.</summary>
    public static double PitchEntropy(Score score) => Entropy.Bits(PitchCounts(score));

    /// <summary>Entropy of the pitch-class histogram in bits: -sum over 12 classes of P log2 P; at most log2 12 = 3.585.</summary>
    public static double PitchClassEntropy(Score score) => Entropy.Bits(PitchClassCounts(score));

    /// <summary>
    /// MusDr's H (Wu and Yang 2020): the mean, over all stretches of some bars in a row, of the entropy of the stretch's
    /// pitch classes in bits; stretches without notes are left out. The paper takes 1 and 4 bars. A score of fewer bars
    /// is one stretch. NaN without notes.
    /// </summary>
    /// <param name="score">The score.</param>
    /// <param name="bars">Bars in a stretch.</param>
    /// <param name="barTicks">The length of a bar; by default that of the first meter.</param>
    public static double PitchClassEntropyOfBars(Score score, int bars, Tick? barTicks = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bars, 1);
        int barLength = (barTicks ?? TextureMetrics.FirstBar(score)).Value;
        var byBar = new List<double[]>();
        foreach (Note note in score.NotesInOrder(track => !track.IsDrums))
        {
            while (byBar.Count <= note.Onset.Value / barLength) byBar.Add(new double[12]);
            byBar[^1][note.Pitch % 12]++;
        }
        bars = Math.Min(bars, byBar.Count);
        return Enumerable.Range(0, byBar.Count == 0 ? 0 : byBar.Count - bars + 1)
            .Select(first => Entropy.Bits([.. Enumerable.Range(0, 12).Select(i => byBar.Skip(first).Take(bars).Sum(bar => bar[i]))]))
            .Where(entropy => !double.IsNaN(entropy))
            .DefaultIfEmpty(double.NaN)
            .Average();
    }

    /// <summary>Notes within a scale divided by notes.</summary>
    /// <param name="score">The score.</param>
    /// <param name="tonic">The scale's first pitch class, 0 (C) to 11 (B).</param>
    /// <param name="isMinor">The natural minor scale; else the major scale.</param>
    public static double PitchInScaleRate(Score score, int tonic, bool isMinor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tonic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tonic, 11);
        return InScale(PitchClassCounts(score), tonic, isMinor ? NaturalMinorScale : MajorScale);
    }

    /// <summary>
    /// The largest <see cref="PitchInScaleRate"/> over the 24 major and natural minor scales (Mogren 2016, C-RNN-GAN).
    /// A natural minor scale holds the pitch classes of its relative major, so twelve scales decide.
    /// </summary>
    public static double ScaleConsistency(Score score)
    {
        double[] counts = PitchClassCounts(score);
        return Enumerable.Range(0, 12).Max(tonic => InScale(counts, tonic, MajorScale));
    }

    /// <summary>Onsets of each of the 128 pitches.</summary>
    public static double[] PitchCounts(Score score)
    {
        var counts = new double[128];
        foreach (Track track in score.Tracks)
        {
            if (track.IsDrums) continue;
            foreach (Note note in track.Notes) counts[note.Pitch]++;
        }
        return counts;
    }

    /// <summary>Onsets of each of the 12 pitch classes, C first.</summary>
    public static double[] PitchClassCounts(Score score)
    {
        var classes = new double[12];
        double[] counts = PitchCounts(score);
        for (int pitch = 0; pitch < counts.Length; pitch++) classes[pitch % 12] += counts[pitch];
        return classes;
    }

    private static double InScale(double[] counts, int tonic, int scale)
    {
        double within = 0, all = 0;
        for (int pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            all += counts[pitchClass];
            if ((scale >> ((pitchClass - tonic + 12) % 12) & 1) == 1) within += counts[pitchClass];
        }
        return within / all;
    }

    private static int MaskOf(params ReadOnlySpan<int> degrees)
    {
        int mask = 0;
        foreach (int degree in degrees) mask |= 1 << degree;
        return mask;
    }
}
