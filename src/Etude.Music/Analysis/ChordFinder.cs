using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// Chords by template matching (Fujishima 1999, "Realtime chord recognition of musical sound"): the durations of a
/// stretch's pitch classes are compared, by cosine, with nine kinds of chord on twelve roots.
/// </summary>
/// <remarks>
/// The bass decides between chords of the same notes: a root that is the lowest pitch adds <c>0.05</c> to the fit that
/// ranks. A stretch in which no chord reaches <see cref="LowestFit"/> has none.
/// </remarks>
public static class ChordFinder
{
    /// <summary>The least fit with which a chord is named: 0.7; a single pitch class fits a triad by 0.577.</summary>
    public const double LowestFit = 0.7;

    private const double BassBonus = 0.05;

    /// <summary>The chords of stretches of one length, from the start of the score to the end of the last note.</summary>
    /// <param name="score">The score; drum parts are ignored.</param>
    /// <param name="stretch">The stretches' length, for instance <c>new Tick(score.TicksPerQuarter)</c> for each beat.</param>
    public static ImmutableArray<ChordSpan> Find(Score score, Tick stretch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stretch.Value, 1);
        int count = (Sounding.EndTick(score) + stretch.Value - 1) / stretch.Value;
        int[] boundaries = [.. Enumerable.Range(0, count + 1).Select(i => i * stretch.Value)];
        double[][] chroma = Chroma.Of(score, boundaries);
        int[] bass = LowestPitches(score, stretch.Value, count);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            (Chord? chord, double fit) = Best(chroma[i], bass[i] % 12);
            return new ChordSpan(new Tick(boundaries[i]), stretch, chord, fit);
        })];
    }

    private static (Chord? Chord, double Fit) Best(double[] chroma, int bass)
    {
        double norm = Math.Sqrt(chroma.Sum(weight => weight * weight));
        (Chord? Chord, double Fit, double Rank) best = default;
        for (int quality = 0; quality < Chord.Qualities && norm > 0; quality++)
        {
            for (int root = 0; root < 12; root++)
            {
                var chord = new Chord(root, (ChordQuality)quality);
                double fit = chord.PitchClasses.Sum(pitchClass => chroma[pitchClass]) / (norm * Math.Sqrt(chord.PitchClasses.Length));
                double rank = fit + (root == bass ? BassBonus : 0);
                if (fit >= LowestFit && rank > best.Rank) best = (chord, fit, rank);
            }
        }
        return (best.Chord, best.Fit);
    }

    private static int[] LowestPitches(Score score, int stretch, int count)
    {
        var lowest = new int[count];
        Array.Fill(lowest, int.MaxValue);
        foreach (Note note in score.NotesInOrder(track => !track.IsDrums))
        {
            for (int i = note.Onset.Value / stretch; i <= (note.End.Value - 1) / stretch; i++) lowest[i] = Math.Min(lowest[i], note.Pitch);
        }
        return lowest;
    }
}
