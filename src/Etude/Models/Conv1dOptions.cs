using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A causal convolution over time.</summary>
/// <param name="Channels">Its width, 1 or more.</param>
/// <param name="Kernel">The steps that one result sees, the last of them its own; 1 or more.</param>
/// <param name="Activation">What follows it. Default none.</param>
public sealed record Conv1dOptions(int Channels, int Kernel, ActivationKind Activation = ActivationKind.None) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Kernel, 1);
        var convolution = new Conv1d(inputs, Channels, Kernel, random, ConvolutionPadding.None);
        return new CausalLayer(
            inputs, Channels, Kernel, convolution, (tape, x) => ActivationOptions.Apply(tape, convolution.Forward(tape, x), Activation));
    }
}
