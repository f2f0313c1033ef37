namespace Etude.Neural.Optimizers;

/// <summary>One rate for all steps.</summary>
/// <param name="Rate">The rate.</param>
public sealed record ConstantSchedule(float Rate) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step) => Rate;
}
