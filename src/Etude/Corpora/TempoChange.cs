using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>How much the tempo of a piece changes.</summary>
public static class TempoChange
{
    /// <summary>
    /// The standard deviation of the tempo (in quarter notes a minute) over its mean, each tempo weighted by the number of
    /// quarter notes that it holds for, up to the end of the last note: 0 for a constant tempo, about 0.33 for a piece that
    /// is half in 60 and half in 120. A passing ritardando weighs little, another tempo for a whole section much.
    /// </summary>
    public static double Measure(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        double weights = 0, sum = 0, squares = 0;
        foreach ((Tempo tempo, double quarters) in Stretches(score))
        {
            weights += quarters;
            sum += quarters * tempo.QuartersPerMinute;
            squares += quarters * tempo.QuartersPerMinute * tempo.QuartersPerMinute;
        }
        if (weights == 0) return 0;
        double mean = sum / weights;
        return Math.Sqrt(Math.Max(0, squares / weights - mean * mean)) / mean;
    }

    /// <summary>The length of a piece by its own tempos, to the end of the last note or pedal.</summary>
    internal static double Seconds(Score score) => new TempoMap(score).ToSeconds(score.End).Value;

    private static IEnumerable<(Tempo Tempo, double Quarters)> Stretches(Score score)
    {
        int end = score.End.Value;
        for (int i = 0; i < score.Tempos.Length; i++)
        {
            int from = score.Tempos[i].Onset.Value;
            int to = i + 1 < score.Tempos.Length ? Math.Min(end, score.Tempos[i + 1].Onset.Value) : end;
            if (to > from) yield return (score.Tempos[i], (to - from) / (double)score.TicksPerQuarter);
        }
    }
}
