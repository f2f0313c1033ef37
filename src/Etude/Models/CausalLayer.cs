using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// A convolution over time in which each step sees itself and those before it, none after, since the network is to predict
/// those. It remembers the last steps it saw, one fewer than its kernel, zeros before the first; put before the next steps,
/// they make a convolution without padding give one result a step.
/// </summary>
internal sealed class CausalLayer : SequenceLayer
{
    private readonly int _inputs, _kernel;
    private readonly Func<Tape, Tensor, Tensor> _forward;

    /// <param name="inputs">Channels of what comes in.</param>
    /// <param name="outputs">Channels of what goes out.</param>
    /// <param name="kernel">Steps that one result sees.</param>
    /// <param name="convolution">What holds the weights.</param>
    /// <param name="forward">[batch, kernel - 1 + time, inputs] to [batch, time, outputs].</param>
    public CausalLayer(int inputs, int outputs, int kernel, Module convolution, Func<Tape, Tensor, Tensor> forward)
    {
        Register("convolution", convolution);
        (_inputs, Outputs, _kernel, _forward) = (inputs, outputs, kernel, forward);
    }

    public override int Outputs { get; }

    public override int? Reach => _kernel - 1;

    public override Tensor[] CreateMemory(int batch) => _kernel > 1 ? [new Tensor([batch, _kernel - 1, _inputs])] : [];

    public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory) => _forward(tape, memory is [Tensor seen] ? Extend(tape, seen, x) : x);

    private static Tensor Extend(Tape tape, Tensor seen, Tensor x)
    {
        Tensor extended = tape.Concatenate([seen, x], axis: 1);
        int lanes = seen.Shape[0], kept = seen.Length / lanes, all = extended.Length / lanes;
        for (int lane = 0; lane < lanes; lane++)
        {
            extended.Data.Slice((lane + 1) * all - kept, kept).CopyTo(seen.Data[(lane * kept)..]);
        }
        return extended;
    }
}
