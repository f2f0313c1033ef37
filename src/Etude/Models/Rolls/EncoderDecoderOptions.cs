using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>
/// An encoder reads one stretch of steps; a decoder of the same shape goes on from the encoder's last state and predicts
/// the next stretch, as long.
/// </summary>
public sealed record EncoderDecoderOptions : RecurrentOptions
{
    /// <summary>Whether the decoder also looks back at all of the encoder's results (additive attention). Default false.</summary>
    public bool Attention { get; init; }

    /// <summary>
    /// Whether the decoder is given, with teacher forcing, the very step that it is to predict instead of the one before it, as
    /// in the report's third experiment: it then learns to copy. Default false.
    /// </summary>
    public bool SeesAnswer { get; init; }

    /// <inheritdoc/>
    public override RollNetwork Build(int width, int steps, RandomSource random) => new Network(width, steps, this, random);

    private sealed class Network : StepNetwork
    {
        private readonly LstmStack _encoder;
        private readonly AdditiveAttention? _attention;
        private readonly RollHead _head;
        private readonly bool _seesAnswer;

        public Network(int width, int steps, EncoderDecoderOptions options, RandomSource random) : base(width, steps, "decoder", options, random)
        {
            _encoder = Register("encoder", new LstmStack(width, options, random));
            if (options.Attention) _attention = Register("attention", new AdditiveAttention(Outputs, _encoder.Outputs, Outputs, random));
            _head = Register("head", new RollHead(options.Attention ? Outputs + _encoder.Outputs : Outputs, width, options, random));
            _seesAnswer = options.SeesAnswer;
        }

        public override int Window => 2 * Steps;

        public override int FirstTarget => Steps;

        public override int Targets => Steps;

        public override int Horizon => Steps;

        public override RollPass Forward(Tape tape, Tensor window, Feeding feeding)
        {
            LstmState[]? states = null;
            Tensor seen = _encoder.Forward(tape, Frames.Slice(tape, window, 0, Steps), ref states);
            Tensor truth = Frames.Slice(tape, window, _seesAnswer ? Steps : Steps - 1, Steps);
            return new(Predict(tape, truth, feeding, states, HeadOver(tape, seen)));
        }

        public override StepReader Begin(ReadOnlySpan<float> past, RandomSource? noise)
        {
            int count = past.Length / Width;
            StepReader reader;
            if (count == 0)
            {
                reader = Reader(noise, HeadOver(new Tape(training: false), new Tensor([1, 1, _encoder.Outputs])));
                return reader;
            }
            var memory = new Tape(training: false); // holds what attention looks at for as long as the reader is used
            LstmState[]? states = null;
            Tensor seen = _encoder.Forward(memory, new Tensor([1, count, Width], past), ref states);
            reader = Reader(null, HeadOver(memory, seen));
            reader.Take(states!);
            return reader;
        }

        private protected override Parameter OutputBias => _head.OutputBias;

        private protected override Tensor Head(Tape tape, Tensor x) => _head.Forward(tape, x);

        private Func<Tape, Tensor, Tensor> HeadOver(Tape tape, Tensor seen)
        {
            if (_attention is null) return _head.Forward;
            AttentionMemory memory = _attention.Prepare(tape, seen);
            return (on, x) => _head.Forward(on, on.Concatenate([x, _attention.Forward(on, x, memory).Context], axis: -1));
        }
    }
}
