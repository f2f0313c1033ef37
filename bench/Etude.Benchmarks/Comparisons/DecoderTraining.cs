using Etude.Neural.Autograd;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

internal sealed class DecoderTraining : TokenTraining
{
    private const int Time = 512;
    private readonly DecoderNetwork network;

    public DecoderTraining() : this(new DecoderNetwork(new RandomSource(1)))
    {
    }

    private DecoderTraining(DecoderNetwork network)
        : base(network, new AdamOptions { LearningRate = 1e-3f, WeightDecay = 0.01f, DecoupledWeightDecay = true }, batch: 4, Time, DecoderNetwork.Classes) =>
        this.network = network;

    public override string Name => "transformer-train";

    public override string Title => "Transformer training (6 x 512, 8 heads, batch 4, 512 steps, 512 classes, AdamW), tokens/s";

    // Of weights, and of attention to half of the steps on average.
    protected override double OperationsPerToken => 6.0 * (DecoderNetwork.WeightCount + DecoderNetwork.Blocks * DecoderNetwork.Width * (double)Time);

    protected override Tensor Logits(Tape tape, int[] tokens, int batch, int time) => network.Forward(tape, tokens, batch, time);
}
