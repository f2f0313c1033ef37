using Etude.Music.Scores;

namespace Etude.Music.Sound;

/// <summary>A note in clock time, held as long as key or pedal holds it.</summary>
/// <param name="Start">When the hammer strikes, in seconds.</param>
/// <param name="Release">When the damper falls, in seconds.</param>
/// <param name="Pitch">The key.</param>
/// <param name="Velocity">How hard it is struck.</param>
/// <param name="Program">The instrument.</param>
/// <param name="IsDrums">Whether the key names a drum.</param>
internal readonly record struct SoundingNote(double Start, double Release, byte Pitch, byte Velocity, int Program, bool IsDrums)
{
    /// <summary>
    /// All notes of a score in the order they begin. Parts of one program are one instrument: one pedal holds
    /// them all, and a key struck again ends what it sounded before.
    /// </summary>
    public static List<SoundingNote> Of(Score score)
    {
        var tempo = new TempoMap(score);
        var result = new List<SoundingNote>(score.NoteCount);
        foreach (var instrument in score.Tracks.GroupBy(track => (track.Program, track.IsDrums)))
        {
            Pedal[] pedals = [.. instrument.SelectMany(track => track.Pedals).OrderBy(pedal => pedal.Onset)];
            foreach (var key in instrument.SelectMany(track => track.Notes).GroupBy(note => note.Pitch))
            {
                // Two parts that strike one key at once strike it once: the harder and longer.
                Note[] strikes = [.. key.GroupBy(note => note.Onset).OrderBy(same => same.Key)
                    .Select(same => new Note(same.Key, new(same.Max(n => n.Duration.Value)), key.Key, same.Max(n => n.Velocity)))];
                for (int i = 0; i < strikes.Length; i++)
                {
                    Tick end = HeldUntil(strikes[i].End, pedals);
                    if (i + 1 < strikes.Length) end = Tick.Min(end, strikes[i + 1].Onset);
                    result.Add(new SoundingNote(tempo.ToSeconds(strikes[i].Onset).Value, tempo.ToSeconds(end).Value,
                        key.Key, strikes[i].Velocity, instrument.Key.Program, instrument.Key.IsDrums));
                }
            }
        }
        result.Sort((a, b) => (a.Start, a.Pitch, a.Program).CompareTo((b.Start, b.Pitch, b.Program)));
        return result;
    }

    // Pedals of several parts may overlap, so the end is carried on from one to the next.
    private static Tick HeldUntil(Tick end, Pedal[] pedals)
    {
        int low = 0, high = pedals.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (pedals[middle].End <= end) low = middle + 1;
            else high = middle;
        }
        for (; low < pedals.Length && pedals[low].Onset <= end; low++) end = Tick.Max(end, pedals[low].End);
        return end;
    }
}
