using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>
/// How thick a score is: how many pitches sound together, and how much of it is empty. Time counts from tick 0 to the
/// end of the last note; the pedal does not lengthen a note here. NaN where nothing can be measured.
/// </summary>
public static class TextureMetrics
{
    /// <summary>
    /// The mean number of different pitches that sound together while anything sounds (MusPy's <c>polyphony</c>):
    /// sum of n t(n) divided by sum of t(n) over n >= 1, where t(n) is the time with n pitches.
    /// </summary>
    public static double Polyphony(Score score)
    {
        long[] ticks = Sounding.TicksByPitchCount(score);
        double weighted = 0, sounding = 0;
        for (int count = 1; count < ticks.Length; count++)
        {
            weighted += (double)count * ticks[count];
            sounding += ticks[count];
        }
        return sounding > 0 ? weighted / sounding : double.NaN;
    }

    /// <summary>The share of time with more than <paramref name="threshold"/> pitches (MusPy's <c>polyphony_rate</c>).</summary>
    /// <param name="score">The score.</param>
    /// <param name="threshold">
    /// MusPy's default is 2, which counts three or more pitches although its text says "multiple"; 1 counts two or more.
    /// </param>
    public static double PolyphonyRate(Score score, int threshold = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        long[] ticks = Sounding.TicksByPitchCount(score);
        double above = 0, all = 0;
        for (int count = 0; count < ticks.Length; count++)
        {
            all += ticks[count];
            if (count > threshold) above += ticks[count];
        }
        return all > 0 ? above / all : double.NaN;
    }

    /// <summary>The share of time in which no pitch sounds.</summary>
    public static double SilenceRate(Score score)
    {
        long[] ticks = Sounding.TicksByPitchCount(score);
        double all = ticks.Sum();
        return all > 0 ? ticks[0] / all : double.NaN;
    }

    /// <summary>Onsets a quarter note: notes divided by the quarter notes from the start to the end of the last note.</summary>
    public static double NotesPerQuarter(Score score)
    {
        double quarters = (double)Sounding.EndTick(score) / score.TicksPerQuarter;
        return quarters > 0 ? score.NoteCount / quarters : double.NaN;
    }

    /// <summary>The share of beats (quarter notes) in which no note sounds.</summary>
    /// <param name="score">The score; parts of drums count.</param>
    /// <param name="asMusPy">
    /// True gives MusPy's value: a note that ends exactly on a beat fills the beat that follows, and one beat is counted
    /// after the last whole one. False (default): a note fills the beats it sounds in.
    /// </param>
    public static double EmptyBeatRate(Score score, bool asMusPy = false) =>
        EmptyRate(score, score.TicksPerQuarter, asMusPy);

    /// <summary>The share of bars in which no note sounds, for a score in one meter.</summary>
    /// <param name="score">The score; parts of drums count.</param>
    /// <param name="barTicks">The length of a bar; by default that of the first meter, as MusPy would be told.</param>
    /// <param name="asMusPy">MusPy's edges, as in <see cref="EmptyBeatRate"/>.</param>
    public static double EmptyMeasureRate(Score score, Tick? barTicks = null, bool asMusPy = false) =>
        EmptyRate(score, (barTicks ?? FirstBar(score)).Value, asMusPy);

    internal static Tick FirstBar(Score score) =>
        new(Math.Max(1, (int)Math.Round(score.Meters[0].BarQuarters.Value * score.TicksPerQuarter)));

    private static double EmptyRate(Score score, int cellTicks, bool asMusPy)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellTicks);
        int end = Sounding.EndTick(score);
        if (end < 1) return double.NaN;
        var filled = new bool[asMusPy ? end / cellTicks + 1 : (end + cellTicks - 1) / cellTicks];
        foreach (Track track in score.Tracks)
        {
            foreach (Note note in track.Notes)
            {
                int last = asMusPy ? note.End.Value / cellTicks : (note.End.Value - 1) / cellTicks;
                for (int cell = note.Onset.Value / cellTicks; cell <= last; cell++) filled[cell] = true;
            }
        }
        return 1 - (double)filled.Count(isFilled => isFilled) / filled.Length;
    }
}
