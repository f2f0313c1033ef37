namespace Etude.Neural.Optimizers;

/// <summary>Settings of <see cref="RmsProp"/>.</summary>
public sealed record RmsPropOptions
{
    /// <value>The default is 0.001.</value>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>How slowly the mean of squared gradients forgets; PyTorch calls it alpha.</summary>
    /// <value>The default is 0.99.</value>
    public float Decay { get; init; } = 0.99f;

    /// <summary>Added to the root of the mean square.</summary>
    /// <value>The default is 1e-8.</value>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>How much of the last step is kept in the next.</summary>
    /// <value>The default is 0.</value>
    public float Momentum { get; init; }

    /// <summary>The pull of weights towards zero, through the gradient.</summary>
    /// <value>The default is 0.</value>
    public float WeightDecay { get; init; }
}
