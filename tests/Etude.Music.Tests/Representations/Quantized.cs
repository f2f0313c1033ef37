using Etude.Music.Scores;

namespace Etude.Music.Tests.Representations;

/// <summary>
/// What a grid keeps of a score, worked out plainly and apart from the product: each note's steps by exact fractions,
/// then key by key what one keyboard can play.
/// </summary>
internal static class Quantized
{
    /// <summary>Onset, end, pitch, velocity in steps, by onset and pitch.</summary>
    public static List<(int Onset, int End, int Pitch, int Velocity)> Notes(
        Score score, Func<Tick, decimal> position, int lowest = 0, int highest = 127, int longest = 1 << 30)
    {
        var notes =
            from track in score.Tracks
            where track.IsPiano
            from note in track.Notes
            where note.Pitch >= lowest && note.Pitch <= highest
            let onset = Round(position(note.Onset))
            let end = Math.Max(onset + 1, Round(position(note.End)))
            select (Onset: onset, End: end, Pitch: (int)note.Pitch, Velocity: (int)note.Velocity);
        List<(int, int, int, int)> kept = [];
        foreach (var key in notes.GroupBy(note => note.Pitch))
        {
            var strikes = key.GroupBy(note => note.Onset).OrderBy(strike => strike.Key)
                .Select(strike => strike.OrderByDescending(note => note.End).ThenByDescending(note => note.Velocity).First()).ToList();
            for (int i = 0; i < strikes.Count; i++)
            {
                int end = Math.Min(strikes[i].End, strikes[i].Onset + longest);
                if (i + 1 < strikes.Count) end = Math.Min(end, strikes[i + 1].Onset);
                kept.Add((strikes[i].Onset, end, key.Key, strikes[i].Velocity));
            }
        }
        return [.. kept.OrderBy(note => note.Item1).ThenBy(note => note.Item3)];
    }

    public static Func<Tick, decimal> PerQuarter(Score score, int steps) => tick => (decimal)tick.Value * steps / score.TicksPerQuarter;

    public static Func<Tick, decimal> PerSecond(Score score, int steps) => tick =>
    {
        decimal microseconds = 0; // times ticks of a quarter
        for (int i = 0; i < score.Tempos.Length && score.Tempos[i].Onset < tick; i++)
        {
            Tick until = i + 1 < score.Tempos.Length ? Tick.Min(tick, score.Tempos[i + 1].Onset) : tick;
            microseconds += (decimal)(until - score.Tempos[i].Onset).Value * score.Tempos[i].MicrosecondsPerQuarter;
        }
        return microseconds * steps / (1_000_000m * score.TicksPerQuarter);
    };

    /// <summary>The notes of a decoded score in steps of a given number of ticks.</summary>
    public static List<(int Onset, int End, int Pitch, int Velocity)> Steps(Score decoded, decimal ticksPerStep) =>
    [
        .. decoded.Tracks.SelectMany(track => track.Notes)
            .Select(note => (Onset: Round(note.Onset.Value / ticksPerStep), End: Round(note.End.Value / ticksPerStep), (int)note.Pitch, (int)note.Velocity))
            .OrderBy(note => note.Onset).ThenBy(note => note.Item3),
    ];

    private static int Round(decimal position) => (int)Math.Floor(position + 0.5m);
}
