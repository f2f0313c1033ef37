namespace Etude.Neural.Losses;

/// <summary>Settings of <see cref="FocalLoss"/>.</summary>
public sealed record FocalOptions
{
    /// <summary>The weight of a yes, 0 to 1; a no has the rest.</summary>
    /// <value>The default is 0.5.</value>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>How strongly outputs that are right already are discounted; 0 leaves the weighted cross-entropy.</summary>
    /// <value>The default is 2.</value>
    public float Gamma { get; init; } = 2;

    /// <summary>
    /// Whether the discount (1 - p)^gamma is a constant to the gradient. False gives the whole derivative, as in Lin and
    /// others 2017.
    /// </summary>
    /// <value>The default is true.</value>
    public bool DetachDiscount { get; init; } = true;

    /// <summary>Whether losses of all outputs are averaged; false sums them.</summary>
    /// <value>The default is true.</value>
    public bool Mean { get; init; } = true;
}
