using System.Collections.Immutable;

namespace Etude.Evaluation.Sets;

/// <summary>What is known of one set of pieces.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Role">Whether it is the reference, a control, or what is judged.</param>
/// <param name="Pieces">How many pieces it has.</param>
/// <param name="Distance">
/// The mean over all metrics of <see cref="MetricSummary.Distance"/>: 0 would be the reference itself; NaN for it.
/// </param>
/// <param name="OverlappingArea">The mean over Yang and Lerch's nine features; 1 would be the reference itself; NaN for it.</param>
/// <param name="Metrics">Each metric that some set has.</param>
/// <param name="Features">Each of the nine features; empty for the reference.</param>
public sealed record SetSummary(
    string Name, SetRole Role, int Pieces, Interval Distance, double OverlappingArea,
    ImmutableArray<MetricSummary> Metrics, ImmutableArray<FeatureComparison> Features);
