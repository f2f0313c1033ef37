using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// Brings each channel to mean 0 and variance 1 over the steps of a batch while training, by running statistics in use, then
/// scales and shifts it (Ioffe and Szegedy 2015).
/// </summary>
public sealed record BatchNormOptions : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        var norm = new BatchNorm(inputs);
        return new StepwiseLayer(inputs, "norm", norm, norm.Forward);
    }
}
