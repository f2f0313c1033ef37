using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Tests.Models;

/// <summary>A dense layer with GELU whose result is added to what came in.</summary>
public sealed record ResidualOptions : LayerOptions
{
    public override SequenceLayer Build(int inputs, RandomSource random) => new Residual(inputs, random);

    private sealed class Residual : SequenceLayer
    {
        private readonly Linear _dense;

        public Residual(int channels, RandomSource random)
        {
            Outputs = channels;
            _dense = Register("dense", new Linear(channels, channels, random));
        }

        public override int Outputs { get; }

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory) => tape.Add(x, tape.Gelu(_dense.Forward(tape, x)));
    }
}
