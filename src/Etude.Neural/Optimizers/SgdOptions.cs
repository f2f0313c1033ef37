namespace Etude.Neural.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <value>The default is 0.01.</value>
    public float LearningRate { get; init; } = 0.01f;

    /// <summary>How much of the last step is kept in the next.</summary>
    /// <value>The default is 0.</value>
    public float Momentum { get; init; }

    /// <summary>Whether the gradient is taken as if the momentum's step were done already (Nesterov 1983).</summary>
    /// <value>The default is false; ignored where momentum is 0.</value>
    public bool Nesterov { get; init; }

    /// <summary>The pull of weights towards zero, through the gradient.</summary>
    /// <value>The default is 0.</value>
    public float WeightDecay { get; init; }
}
