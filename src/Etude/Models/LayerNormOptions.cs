using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>Brings the channels of each step to mean 0 and variance 1, then scales and shifts them (Ba, Kiros and Hinton 2016).</summary>
public sealed record LayerNormOptions : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        var norm = new LayerNorm(inputs);
        return new StepwiseLayer(inputs, "norm", norm, norm.Forward);
    }
}
