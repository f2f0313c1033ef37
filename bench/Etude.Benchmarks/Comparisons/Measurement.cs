using System.Diagnostics;

namespace Etude.Benchmarks.Comparisons;

internal static class Measurement
{
    /// <summary>Repeats the work for at least this long, so that one repetition more or less counts little.</summary>
    private const double Seconds = 1;

    /// <summary>Amount done per second over about a second of repetitions.</summary>
    /// <param name="amount">What one repetition does.</param>
    public static double Rate(double amount, Action work)
    {
        int count = 0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            work();
            count++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds);
        return count * amount / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
