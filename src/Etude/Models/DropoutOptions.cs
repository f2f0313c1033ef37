using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>Drops values while training.</summary>
/// <param name="Rate">The probability of zero, 0 to below 1.</param>
public sealed record DropoutOptions(float Rate) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random) => new StepwiseLayer(inputs, new Dropout(Rate, random).Forward);
}
