namespace Etude.Composing;

/// <summary>A principal component of the latents of the training pieces: what a slider moves.</summary>
/// <param name="Direction">Of length 1, in the latent space.</param>
/// <param name="Deviation">The standard deviation of the training pieces along it.</param>
/// <param name="Low">What a hundredth of them lies below, in standard deviations.</param>
/// <param name="High">What a hundredth of them lies above, in standard deviations.</param>
/// <param name="Share">Its share of the variance, 0 to 1.</param>
/// <param name="Density">The correlation with the share of cells set, -1 to 1.</param>
/// <param name="Register">The correlation with the mean column of cells set.</param>
/// <param name="Spread">The correlation with the deviation of the columns of cells set.</param>
public sealed record LatentAxis(
    IReadOnlyList<double> Direction, double Deviation, double Low, double High, double Share, double Density, double Register, double Spread)
{
    /// <summary>What it changes most, by the largest correlation; "mixed" where all are below 0.3.</summary>
    public string Label
    {
        get
        {
            var (name, correlation) = new[] { ("density", Density), ("register", Register), ("spread", Spread) }.MaxBy(measure => Math.Abs(measure.Item2));
            return Math.Abs(correlation) < 0.3 ? "mixed" : $"{name} {(correlation > 0 ? "up" : "down")}";
        }
    }
}
