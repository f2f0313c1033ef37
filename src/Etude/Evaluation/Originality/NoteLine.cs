using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>
/// A piece as originality sees it: its notes on a grid of <see cref="StepsPerQuarter"/>, ordered by onset and pitch,
/// unisons merged. Two passages are the same when the <see cref="Symbol"/>s between their notes are: intervals in
/// semitones with the steps from onset to onset, so that neither key nor place nor durations matter.
/// </summary>
internal sealed class NoteLine
{
    /// <summary>Sixteenths are 3 steps, triplet eighths 4.</summary>
    public const int StepsPerQuarter = 12;

    /// <summary>The symbol before a piece's first note: no passage reaches over it.</summary>
    public const int Separator = 0;

    private const int LongestStep = 96;

    private NoteLine(ImmutableArray<GridNote> notes, ImmutableArray<int> barSteps) => (Notes, BarSteps) = (notes, barSteps);

    public ImmutableArray<GridNote> Notes { get; }

    /// <summary>The step at which each bar begins.</summary>
    public ImmutableArray<int> BarSteps { get; }

    /// <summary>The symbols from each note to the next: one fewer than notes.</summary>
    public int[] Symbols()
    {
        var symbols = new int[Math.Max(0, Notes.Length - 1)];
        for (int i = 0; i < symbols.Length; i++) symbols[i] = Symbol(Notes[i], Notes[i + 1]);
        return symbols;
    }

    public static NoteLine Of(Score score)
    {
        var notes = score.NotesInOrder(track => !track.IsDrums)
            .Select(note => new GridNote(
                Step(note.Onset.Value, score.TicksPerQuarter), note.Pitch, Math.Max(1, Step(note.Duration.Value, score.TicksPerQuarter))))
            .Order().ToList();
        var merged = ImmutableArray.CreateBuilder<GridNote>(notes.Count);
        foreach (GridNote note in notes)
        {
            if (merged.Count == 0 || merged[^1].CompareTo(note) != 0) merged.Add(note);
        }
        return new NoteLine(merged.ToImmutable(), Bars(score));
    }

    public static int Step(int ticks, int ticksPerQuarter) =>
        (int)Math.Round((double)ticks * StepsPerQuarter / ticksPerQuarter, MidpointRounding.AwayFromZero);

    public static int Symbol(GridNote from, GridNote to) =>
        1 + (to.Pitch - from.Pitch + 128) * (LongestStep + 1) + Math.Min(to.Step - from.Step, LongestStep);

    /// <summary>The bar, counted from 1, that holds a step.</summary>
    public static int BarOf(ReadOnlySpan<int> barSteps, int step)
    {
        int found = barSteps.BinarySearch(step);
        return Math.Max(1, found >= 0 ? found + 1 : ~found);
    }

    private static ImmutableArray<int> Bars(Score score)
    {
        int end = Step(score.End.Value, score.TicksPerQuarter);
        var bars = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < score.Meters.Length; i++)
        {
            int until = i + 1 < score.Meters.Length ? Step(score.Meters[i + 1].Onset.Value, score.TicksPerQuarter) : end;
            double bar = score.Meters[i].BarQuarters.Value * StepsPerQuarter;
            double start = Step(score.Meters[i].Onset.Value, score.TicksPerQuarter);
            for (; start < until; start += bar) bars.Add((int)Math.Round(start));
        }
        return bars.ToImmutable();
    }
}
