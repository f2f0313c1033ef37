namespace Etude.Neural.Optimizers;

/// <summary>Settings of <see cref="Adam"/>; the defaults are PyTorch's.</summary>
public sealed record AdamOptions
{
    /// <value>The default is 0.001.</value>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>How slowly the mean of gradients forgets.</summary>
    /// <value>The default is 0.9.</value>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>How slowly the mean of squared gradients forgets.</summary>
    /// <value>The default is 0.999.</value>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the mean square.</summary>
    /// <value>The default is 1e-8.</value>
    public float Epsilon { get; init; } = 1e-8f;

    /// <summary>The pull of weights towards zero.</summary>
    /// <value>The default is 0.</value>
    public float WeightDecay { get; init; }

    /// <summary>
    /// Whether weight decay acts on the weights themselves, not through the gradient: AdamW (Loshchilov and Hutter 2019).
    /// </summary>
    /// <value>The default is false.</value>
    public bool DecoupledWeightDecay { get; init; }
}
