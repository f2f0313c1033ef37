using System.Collections.Immutable;

namespace Etude.Evaluation.Sets;

/// <summary>A metric of a set's pieces.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Mean">The mean over the pieces.</param>
/// <param name="StandardDeviation">The spread of the pieces.</param>
/// <param name="Distance">
/// The earth mover's distance to the reference set's values, in standard deviations of these; mean and interval over draws.
/// NaN for the reference itself.
/// </param>
/// <param name="Values">The value of each piece that has one, in the set's order.</param>
public sealed record MetricSummary(
    string Metric, Interval Mean, double StandardDeviation, Interval Distance, ImmutableArray<double> Values);
