using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A layer of a <see cref="Sequential"/>: sequences in, sequences out.</summary>
public abstract class SequenceLayer : Module
{
    /// <summary>Channels of what goes out.</summary>
    public abstract int Outputs { get; }

    /// <summary>How many steps before it a step can hang on; null, the default, where there is no limit.</summary>
    public virtual int? Reach => null;

    /// <summary>What the layer must remember between sequences or steps: tensors [batch, ...], zero at the start; none by default.</summary>
    /// <param name="batch">Sequences side by side.</param>
    public virtual Tensor[] CreateMemory(int batch) => [];

    /// <summary>
    /// Runs over whole sequences. With a tape that is not training and a single step it must be quick: so music is generated.
    /// </summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made: where to go on from, overwritten with where it ended.</param>
    /// <returns>[batch, time, outputs]</returns>
    public abstract Tensor Forward(Tape tape, Tensor x, Tensor[] memory);

    /// <summary>The same for a layer that is told when each step is; others leave it aside.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <param name="memory">Where to go on from, overwritten.</param>
    /// <param name="bars">[batch, time]: when each step is, in bars; empty where that is not known.</param>
    public virtual Tensor Forward(Tape tape, Tensor x, Tensor[] memory, ReadOnlySpan<float> bars) => Forward(tape, x, memory);
}
