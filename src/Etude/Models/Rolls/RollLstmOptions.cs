using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>LSTM layers that predict each step from all before it in its window.</summary>
public sealed record RollLstmOptions : RecurrentOptions
{
    /// <inheritdoc/>
    public override RollNetwork Build(int width, int steps, RandomSource random) => new Network(width, steps, this, random);

    private sealed class Network : StepNetwork
    {
        private readonly RollHead _head;

        public Network(int width, int steps, RollLstmOptions options, RandomSource random) : base(width, steps, "lstm", options, random) =>
            _head = Register("head", new RollHead(Outputs, width, options, random));

        public override int Window => Steps + 1;

        public override int FirstTarget => 1;

        public override int Targets => Steps;

        public override RollPass Forward(Tape tape, Tensor window, Feeding feeding) =>
            new(Predict(tape, Frames.Slice(tape, window, 0, Steps), feeding, null, Head));

        private protected override Parameter OutputBias => _head.OutputBias;

        private protected override Tensor Head(Tape tape, Tensor x) => _head.Forward(tape, x);
    }
}
