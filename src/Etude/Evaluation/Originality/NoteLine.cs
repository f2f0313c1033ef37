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

    private NoteLine(ImmutableArray<GridNote> notes, BarSteps bars) => (Notes, Bars) = (notes, bars);

    public ImmutableArray<GridNote> Notes { get; }

    public BarSteps Bars { get; }

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
        return new NoteLine(merged.ToImmutable(), BarSteps.Of(score));
    }

    public static int Step(int ticks, int ticksPerQuarter) =>
        (int)Math.Round((double)ticks * StepsPerQuarter / ticksPerQuarter, MidpointRounding.AwayFromZero);

    public static int Symbol(GridNote from, GridNote to) =>
        1 + (to.Pitch - from.Pitch + 128) * (LongestStep + 1) + Math.Min(to.Step - from.Step, LongestStep);
}
