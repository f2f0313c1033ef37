using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A function of each value, for where it follows a layer that has none of its own, such as a norm.</summary>
/// <param name="Function">Which.</param>
public sealed record ActivationOptions(ActivationKind Function) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random) => new StepwiseLayer(inputs, (tape, x) => Apply(tape, x, Function));

    internal static Tensor Apply(Tape tape, Tensor x, ActivationKind function) => function switch
    {
        ActivationKind.None => x,
        ActivationKind.Relu => tape.Relu(x),
        ActivationKind.Elu => tape.Elu(x),
        ActivationKind.Gelu => tape.Gelu(x),
        ActivationKind.Tanh => tape.Tanh(x),
        ActivationKind.Sigmoid => tape.Sigmoid(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "No such activation."),
    };
}
