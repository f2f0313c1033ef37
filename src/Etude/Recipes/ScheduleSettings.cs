using Etude.Neural.Optimizers;

namespace Etude.Recipes;

/// <summary>How the learning rate changes while training.</summary>
public sealed record ScheduleSettings
{
    /// <summary>The shape: <c>constant</c>, <c>cosine</c>, <c>step</c> or <c>plateau</c>. Default <c>constant</c>.</summary>
    public string Shape { get; init; } = "constant";

    /// <summary>The share of all steps during which <c>cosine</c> climbs to the full rate, 0 to 1. Default 0.02.</summary>
    public float WarmUp { get; init; } = 0.02f;

    /// <summary>The share of the full rate at which <c>cosine</c> and <c>plateau</c> end. Default 0.05.</summary>
    public float Floor { get; init; } = 0.05f;

    /// <summary>The epochs between falls of <c>step</c>, or without progress before a fall of <c>plateau</c>. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>What <c>step</c> and <c>plateau</c> multiply the rate by. Default 0.5.</summary>
    public float Factor { get; init; } = 0.5f;

    /// <summary>The schedule for the epoch that begins; its <c>At</c> takes the steps done since the very start.</summary>
    /// <param name="full">The full rate.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="scores">The loss of each finished epoch: by it <c>plateau</c> falls.</param>
    /// <exception cref="ArgumentException">There is no such shape; the message lists them.</exception>
    public LearningRateSchedule For(float full, int stepsPerEpoch, int epochs, IEnumerable<double> scores)
    {
        int total = checked(stepsPerEpoch * epochs);
        return Shape switch
        {
            "constant" => new ConstantSchedule(full),
            "cosine" => new CosineSchedule(full, total, (int)(WarmUp * total), full * Floor),
            "step" => new StepSchedule(full, Epochs * stepsPerEpoch, Factor),
            "plateau" => new ConstantSchedule(Plateau(full, scores)),
            _ => throw new ArgumentException($"There is no schedule '{Shape}': choose constant, cosine, step or plateau."),
        };
    }

    private float Plateau(float full, IEnumerable<double> scores)
    {
        var plateau = new PlateauSchedule(full, Epochs, Factor, full * Floor);
        foreach (double score in scores) plateau.Observe(score);
        return plateau.Rate;
    }
}
