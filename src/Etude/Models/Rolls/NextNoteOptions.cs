using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>LSTM layers that read a whole sequence of steps and predict the one step after it.</summary>
/// <remarks>While composing the state runs on from step to step, longer than the sequences that were trained on.</remarks>
public sealed record NextNoteOptions : RecurrentOptions
{
    /// <inheritdoc/>
    public override RollNetwork Build(int width, int steps, RandomSource random) => new Network(width, steps, this, random);

    private sealed class Network : StepNetwork
    {
        private readonly RollHead _head;

        public Network(int width, int steps, NextNoteOptions options, RandomSource random) : base(width, steps, "lstm", options, random) =>
            _head = Register("head", new RollHead(Outputs, width, options, random));

        public override int Window => Steps + 1;

        public override int FirstTarget => Steps;

        public override int Targets => 1;

        public override RollPass Forward(Tape tape, Tensor window, Feeding feeding)
        {
            LstmState[]? states = null;
            return new(Head(tape, Frames.Last(tape, Run(tape, Frames.Slice(tape, window, 0, Steps), ref states))));
        }

        private protected override Parameter OutputBias => _head.OutputBias;

        private protected override Tensor Head(Tape tape, Tensor x) => _head.Forward(tape, x);
    }
}
