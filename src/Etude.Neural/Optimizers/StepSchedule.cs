namespace Etude.Neural.Optimizers;

/// <summary>Multiplies the rate by a factor after each so many steps.</summary>
/// <param name="Rate">The first rate.</param>
/// <param name="Every">Steps between changes, at least 1.</param>
/// <param name="Factor">What the rate is multiplied by.</param>
public sealed record StepSchedule(float Rate, int Every, float Factor) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step) => (float)(Rate * Math.Pow(Factor, step / Every));
}
