using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A dense layer, applied to each time step.</summary>
/// <param name="Units">Its width, 1 or more.</param>
/// <param name="Activation">What follows it. Default none.</param>
public sealed record DenseOptions(int Units, ActivationKind Activation = ActivationKind.None) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1);
        var linear = new Linear(inputs, Units, random);
        return new StepwiseLayer(Units, "linear", linear, (tape, x) => ActivationOptions.Apply(tape, linear.Forward(tape, x), Activation));
    }
}
