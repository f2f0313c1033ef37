namespace Etude.Neural.Optimizers;

/// <summary>
/// Rises evenly to the peak during the warm-up, then falls along half a cosine to the floor (Loshchilov and Hutter 2017).
/// </summary>
/// <param name="Peak">The highest rate, reached by step <paramref name="WarmUpSteps"/>.</param>
/// <param name="TotalSteps">From this step on the rate is the floor.</param>
/// <param name="WarmUpSteps">Steps of the rise; the first of them has the rate Peak / WarmUpSteps.</param>
/// <param name="Floor">The lowest rate.</param>
public sealed record CosineSchedule(float Peak, int TotalSteps, int WarmUpSteps = 0, float Floor = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float At(int step)
    {
        if (step < WarmUpSteps) return Peak * (step + 1) / WarmUpSteps;
        if (step >= TotalSteps) return Floor;
        double progress = (step - WarmUpSteps) / (double)(TotalSteps - WarmUpSteps);
        return (float)(Floor + (Peak - Floor) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
