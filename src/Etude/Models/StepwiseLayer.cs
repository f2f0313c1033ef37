using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A layer that treats each step by itself and so remembers nothing.</summary>
internal sealed class StepwiseLayer : SequenceLayer
{
    private readonly Func<Tape, Tensor, Tensor> _forward;

    public StepwiseLayer(int outputs, Func<Tape, Tensor, Tensor> forward) => (Outputs, _forward) = (outputs, forward);

    /// <param name="outputs">Channels of what goes out.</param>
    /// <param name="name">Under which the checkpoint keeps the part.</param>
    /// <param name="part">What holds the weights.</param>
    /// <param name="forward">[batch, time, inputs] to [batch, time, outputs].</param>
    public StepwiseLayer(int outputs, string name, Module part, Func<Tape, Tensor, Tensor> forward)
        : this(outputs, forward) => Register(name, part);

    public override int Outputs { get; }

    public override int? Reach => 0;

    public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory) => _forward(tape, x);
}
