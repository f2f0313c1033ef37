using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>A layer of long short-term memory.</summary>
/// <param name="Units">Its width, 1 or more.</param>
public sealed record LstmOptions(int Units) : LayerOptions
{
    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Units, 1);
        return new Layer(new Lstm(inputs, Units, random));
    }

    private sealed class Layer : SequenceLayer
    {
        private readonly Lstm _lstm;

        public Layer(Lstm lstm) => _lstm = Register("lstm", lstm);

        public override int Outputs => _lstm.Units;

        public override Tensor[] CreateMemory(int batch)
        {
            LstmState state = _lstm.CreateState(batch);
            return [state.Hidden, state.Cell];
        }

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory)
        {
            var carried = new LstmState(memory[0], memory[1]);
            if (tape.Training || x.Shape[1] > 1)
            {
                (Tensor sequence, LstmState end) = _lstm.Forward(tape, x, carried);
                carried.CopyFrom(end);
                return sequence;
            }
            _lstm.Step(x.Data, carried, tape);
            Tensor y = tape.Allocate([x.Shape[0], 1, Outputs]);
            y.CopyFrom(carried.Hidden);
            return y;
        }
    }
}
