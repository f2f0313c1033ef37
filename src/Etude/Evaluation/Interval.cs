namespace Etude.Evaluation;

/// <summary>A value with the range in which it would lie in 95 of 100 repetitions.</summary>
/// <param name="Estimate">The value.</param>
/// <param name="Low">The range's lower end.</param>
/// <param name="High">The range's upper end.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Estimate:0.###} [{Low:0.###}, {High:0.###}]");
}
