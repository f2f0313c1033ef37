namespace Etude.Evaluation;

/// <summary>
/// Intervals without assumptions (Efron 1979): draw as many items as there are, with replacement, measure again, and take
/// the 2.5 and 97.5 percentiles of what comes out. The same seed gives the same interval.
/// </summary>
public static class Bootstrap
{
    /// <summary>The interval of a mean.</summary>
    /// <param name="values">One or more values.</param>
    /// <param name="seed">Where the dice start.</param>
    /// <param name="resamples">How many times to draw. Default 1,000.</param>
    public static Interval Mean(IReadOnlyList<double> values, int seed = 1, int resamples = 1000) =>
        Of(values.Count, drawn =>
        {
            double sum = 0;
            foreach (int i in drawn) sum += values[i];
            return sum / drawn.Length;
        }, seed, resamples);

    /// <summary>The interval of any number measured on a set of items.</summary>
    /// <param name="count">How many items there are; with none, all is NaN.</param>
    /// <param name="statistic">The number for the items of these places, of which some may come twice.</param>
    /// <param name="seed">Where the dice start.</param>
    /// <param name="resamples">How many times to draw. Default 1,000.</param>
    public static Interval Of(int count, Func<int[], double> statistic, int seed = 1, int resamples = 1000)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        if (count == 0) return new Interval(double.NaN, double.NaN, double.NaN);
        var random = new Random(seed);
        var results = new double[resamples];
        var drawn = new int[count];
        for (int i = 0; i < resamples; i++)
        {
            for (int j = 0; j < count; j++) drawn[j] = random.Next(count);
            results[i] = statistic(drawn);
        }
        return Spread(statistic([.. Enumerable.Range(0, count)]), results);
    }

    /// <summary>An estimate with the 2.5 and 97.5 percentiles of repetitions; NaN among these is left out.</summary>
    public static Interval Spread(double estimate, IEnumerable<double> repetitions)
    {
        double[] sorted = [.. repetitions.Where(value => !double.IsNaN(value)).Order()];
        return new Interval(estimate, Percentile(sorted, 0.025), Percentile(sorted, 0.975));
    }

    // Between two values, in proportion (the usual definition 7 of Hyndman and Fan 1996).
    private static double Percentile(double[] sorted, double share)
    {
        if (sorted.Length == 0) return double.NaN;
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
