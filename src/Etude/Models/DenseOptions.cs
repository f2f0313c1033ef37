using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
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
        return new Layer(new Linear(inputs, Units, random), Units, Activation);
    }

    private sealed class Layer : SequenceLayer
    {
        private readonly Linear _linear;
        private readonly ActivationKind _activation;

        public Layer(Linear linear, int outputs, ActivationKind activation)
        {
            _linear = Register("linear", linear);
            _activation = activation;
            Outputs = outputs;
        }

        public override int Outputs { get; }

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory)
        {
            Tensor y = _linear.Forward(tape, x);
            return _activation switch
            {
                ActivationKind.None => y,
                ActivationKind.Relu => tape.Relu(y),
                ActivationKind.Elu => tape.Elu(y),
                ActivationKind.Gelu => tape.Gelu(y),
                ActivationKind.Tanh => tape.Tanh(y),
                ActivationKind.Sigmoid => tape.Sigmoid(y),
                _ => throw new ArgumentOutOfRangeException(nameof(tape), _activation, "No such activation."),
            };
        }
    }
}
