namespace Etude.Evaluation.Sets;

/// <summary>
/// One of Yang and Lerch's features: the distances between pieces within the reference, against those from the set's
/// pieces to the reference's.
/// </summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="OverlappingArea">How far the two distributions overlap, 0 to 1.</param>
/// <param name="KullbackLeibler">KL(within || between) in nats.</param>
public sealed record FeatureComparison(string Feature, double OverlappingArea, double KullbackLeibler);
