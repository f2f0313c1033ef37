using System.Globalization;
using Etude.Evaluation.Sets;

namespace Etude.Training.Results;

/// <summary>A figure of several runs, or of several pieces.</summary>
/// <param name="Mean">Their mean; not a number where there are none.</param>
/// <param name="Deviation">Their standard deviation (of a sample: divided by one less than their number); 0 for one.</param>
/// <param name="Count">How many.</param>
public sealed record Spread(double Mean, double Deviation, int Count)
{
    /// <summary>Of the values that are numbers.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return new Spread(double.NaN, double.NaN, 0);
        return new Spread(finite.Average(), finite.Length == 1 ? 0 : Distances.StandardDeviation(finite), finite.Length);
    }

    /// <summary>The mean, and of several the deviation after it: <c>0.405 ± 0.0021</c>.</summary>
    public override string ToString() => double.IsNaN(Mean) ? "–" : Count > 1 ? $"{Text(Mean)} ± {Text(Deviation)}" : Text(Mean);

    private static string Text(double value)
    {
        double size = Math.Abs(value);
        return value.ToString(size >= 1000 ? "N0" : size >= 100 ? "F0" : size >= 10 ? "F1" : size >= 1 ? "F3" : size >= 0.05 || size == 0 ? "F3" : "F4", CultureInfo.InvariantCulture);
    }
}
