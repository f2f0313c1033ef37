using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>How often each rhythmic length occurs, counted in steps of a grid.</summary>
/// <remarks>Lengths are rounded to the nearest step; those beyond the last bin fall into it. Drum parts are ignored.</remarks>
public static class RhythmHistograms
{
    /// <summary>Durations of notes.</summary>
    /// <param name="score">The score.</param>
    /// <param name="stepsPerQuarter">Steps a quarter note. Default 12: sixteenths are 3, triplet eighths 4.</param>
    /// <param name="bins">How many lengths are told apart, from 0 steps. Default 49: up to four quarters.</param>
    /// <returns>Counts by length in steps.</returns>
    public static ImmutableArray<int> Durations(Score score, int stepsPerQuarter = 12, int bins = 49) =>
        Count(score.NotesInOrder(track => !track.IsDrums).Select(note => note.Duration.Value), score, stepsPerQuarter, bins);

    /// <summary>Distances from each onset to the next later one: notes struck together are one onset.</summary>
    /// <inheritdoc cref="Durations"/>
    public static ImmutableArray<int> InterOnsetIntervals(Score score, int stepsPerQuarter = 12, int bins = 49)
    {
        int[] onsets = [.. score.NotesInOrder(track => !track.IsDrums).Select(note => note.Onset.Value).Distinct()];
        return Count(onsets.Zip(onsets.Skip(1), (a, b) => b - a), score, stepsPerQuarter, bins);
    }

    private static ImmutableArray<int> Count(IEnumerable<int> ticks, Score score, int stepsPerQuarter, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepsPerQuarter);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var counts = new int[bins];
        foreach (int length in ticks)
        {
            counts[Math.Min(bins - 1, (int)Math.Round((double)length * stepsPerQuarter / score.TicksPerQuarter))]++;
        }
        return [.. counts];
    }
}
