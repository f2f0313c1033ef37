using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// The ways in which generated music fails: one note for ever, a short pattern that never ends, silence. All values are
/// shares, 0 (healthy) to 1.
/// </summary>
/// <param name="CommonestNoteShare">Notes of the commonest (pitch, duration) pair divided by notes.</param>
/// <param name="CommonestPitchShare">Notes of the commonest pitch divided by notes.</param>
/// <param name="LoopShare">
/// Notes of the longest loop divided by notes. A loop is a stretch in which every note has the pitch and the distance
/// to the next onset of the note one period earlier, for a period of 1 to <see cref="LongestPeriod"/> notes, and which
/// holds at least <see cref="FewestTurns"/> periods.
/// </param>
/// <param name="LoopNotes">Notes of that loop; 0 where there is none.</param>
/// <param name="LoopPeriod">Notes of that loop's pattern; 0 where there is none.</param>
/// <param name="SilenceShare">Time in which no note sounds divided by the time to the end of the last note.</param>
public sealed record Collapse(
    double CommonestNoteShare, double CommonestPitchShare, double LoopShare, int LoopNotes, int LoopPeriod, double SilenceShare)
{
    /// <summary>The longest pattern that counts as a loop when repeated, in notes: 32.</summary>
    public const int LongestPeriod = 32;

    /// <summary>How often a pattern must sound in a row to be a loop: 4 times.</summary>
    public const int FewestTurns = 4;

    /// <summary>Measures a score; drum parts are ignored. A score without notes is all silence.</summary>
    public static Collapse Of(Score score)
    {
        ImmutableArray<Note> notes = score.NotesInOrder(track => !track.IsDrums);
        if (notes.IsEmpty) return new Collapse(0, 0, 0, 0, 0, 1);
        (int loopNotes, int period) = LongestLoop(notes);
        return new Collapse(
            (double)notes.CountBy(note => (note.Pitch, note.Duration)).Max(pair => pair.Value) / notes.Length,
            (double)notes.CountBy(note => note.Pitch).Max(pair => pair.Value) / notes.Length,
            (double)loopNotes / notes.Length, loopNotes, period,
            TextureMetrics.SilenceRate(score));
    }

    /// <summary>Whether any share is above its limit.</summary>
    /// <param name="limits">The limits; by default <see cref="CollapseLimits.Default"/>.</param>
    public bool Exceeds(CollapseLimits? limits = null)
    {
        limits ??= CollapseLimits.Default;
        return CommonestNoteShare > limits.CommonestNoteShare || CommonestPitchShare > limits.CommonestPitchShare
            || LoopShare > limits.LoopShare || SilenceShare > limits.SilenceShare;
    }

    private static (int Notes, int Period) LongestLoop(ImmutableArray<Note> notes)
    {
        var steps = new long[notes.Length]; // pitch and distance to the next onset; the last note repeats any distance
        for (int i = 0; i < notes.Length; i++)
        {
            int distance = i + 1 < notes.Length ? notes[i + 1].Onset.Value - notes[i].Onset.Value : -1;
            steps[i] = ((long)notes[i].Pitch << 32) | (uint)distance;
        }
        (int Notes, int Period) longest = (0, 0);
        for (int period = 1; period <= Math.Min(LongestPeriod, notes.Length / FewestTurns); period++)
        {
            int run = 0;
            for (int i = period; i < steps.Length; i++)
            {
                bool last = i == steps.Length - 1;
                run = steps[i] == steps[i - period] || last && notes[i].Pitch == notes[i - period].Pitch ? run + 1 : 0;
                int length = run + period;
                if (length >= FewestTurns * period && length > longest.Notes) longest = (length, period);
            }
        }
        return longest;
    }
}
