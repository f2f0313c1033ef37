using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>How long how many pitches sound together: one sweep over onsets and ends instead of a piano roll.</summary>
internal static class Sounding
{
    /// <summary>Where the last note ends (pedals do not count).</summary>
    public static int EndTick(Score score)
    {
        int end = 0;
        foreach (Track track in score.Tracks)
        {
            foreach (Note note in track.Notes) end = Math.Max(end, note.End.Value);
        }
        return end;
    }

    /// <summary>
    /// Ticks during which exactly n different pitches of the pitched parts sound, for n = 0 to 128, from tick 0 to
    /// the end of the last note of any part. A pitch held in two parts counts once.
    /// </summary>
    public static long[] TicksByPitchCount(Score score)
    {
        var changes = new List<(int Tick, int Pitch, int Step)>();
        foreach (Track track in score.Tracks)
        {
            if (track.IsDrums) continue;
            foreach (Note note in track.Notes)
            {
                changes.Add((note.Onset.Value, note.Pitch, 1));
                changes.Add((note.End.Value, note.Pitch, -1));
            }
        }
        changes.Sort((a, b) => a.Tick.CompareTo(b.Tick));

        var ticks = new long[129];
        var holding = new int[128];
        int sounding = 0, now = 0;
        foreach ((int tick, int pitch, int step) in changes)
        {
            ticks[sounding] += tick - now;
            now = tick;
            int before = holding[pitch];
            holding[pitch] += step;
            if (before <= 0 && holding[pitch] > 0) sounding++;
            else if (before > 0 && holding[pitch] <= 0) sounding--;
        }
        ticks[0] += EndTick(score) - now;
        return ticks;
    }
}
