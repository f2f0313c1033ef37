using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A causal convolution over time in two parts: each channel by itself, then all channels at each step (Chollet 2017).</summary>
/// <param name="Channels">Its width, 1 or more.</param>
/// <param name="Kernel">The steps that one result sees, the last of them its own; 1 or more.</param>
/// <param name="Activation">What follows it. Default none.</param>
public sealed record SeparableConv1dOptions(int Channels, int Kernel, ActivationKind Activation = ActivationKind.None) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Kernel, 1);
        var convolution = new SeparableConv1d(inputs, Channels, Kernel, random, ConvolutionPadding.None);
        return new CausalLayer(
            inputs, Channels, Kernel, convolution, (tape, x) => ActivationOptions.Apply(tape, convolution.Forward(tape, x), Activation));
    }
}
