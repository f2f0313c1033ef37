using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A layer of gated recurrent units.</summary>
/// <param name="Units">Its width, 1 or more.</param>
public sealed record GruOptions(int Units) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1);
        return new Layer(new Gru(inputs, Units, random));
    }

    private sealed class Layer : SequenceLayer
    {
        private readonly Gru _gru;

        public Layer(Gru gru) => _gru = Register("gru", gru);

        public override int Outputs => _gru.Units;

        public override Tensor[] CreateMemory(int batch) => [_gru.CreateState(batch)];

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory)
        {
            Tensor carried = memory[0];
            if (tape.Training || x.Shape[1] > 1)
            {
                (Tensor sequence, Tensor end) = _gru.Forward(tape, x, carried);
                carried.CopyFrom(end);
                return sequence;
            }
            _gru.Step(x.Data, carried, tape);
            Tensor y = tape.Allocate([x.Shape[0], 1, Outputs]);
            y.CopyFrom(carried);
            return y;
        }
    }
}
