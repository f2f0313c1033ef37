using Etude.Music.Scores;

namespace Etude.Corpora.Preparing;

/// <summary>The meters that a piece stands in, as far as its notes reach.</summary>
internal static class MeterStretches
{
    /// <summary>
    /// Each meter with its length in ticks, in order. A meter that another replaces at once, or that begins after the last note, is
    /// none; and a first meter that holds for just one bar, shorter than the next meter's, is the next one's pick-up.
    /// </summary>
    public static List<(string Meter, int Ticks)> Of(Score score)
    {
        int end = score.End.Value;
        var stretches = new List<(string Meter, int Ticks)>();
        for (int i = 0; i < score.Meters.Length; i++)
        {
            Meter meter = score.Meters[i];
            int to = i + 1 < score.Meters.Length ? Math.Min(end, score.Meters[i + 1].Onset.Value) : end;
            int ticks = to - meter.Onset.Value;
            if (ticks <= 0) continue;
            bool pickUp = stretches.Count == 0 && i + 1 < score.Meters.Length
                && meter.BarQuarters < score.Meters[i + 1].BarQuarters
                && ticks <= meter.BarQuarters.Value * score.TicksPerQuarter;
            stretches.Add(((pickUp ? score.Meters[i + 1] : meter).ToString(), ticks));
        }
        return stretches;
    }

    /// <summary>The meter that holds longest.</summary>
    public static string Longest(Score score) =>
        Of(score).GroupBy(stretch => stretch.Meter).MaxBy(group => group.Sum(stretch => (long)stretch.Ticks))?.Key ?? score.Meters[0].ToString();
}
