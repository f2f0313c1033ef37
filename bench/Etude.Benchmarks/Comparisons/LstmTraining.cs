using Etude.Neural.Autograd;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

internal sealed class LstmTraining : TokenTraining
{
    private readonly LanguageNetwork network;

    public LstmTraining() : this(new LanguageNetwork(new RandomSource(1)))
    {
    }

    private LstmTraining(LanguageNetwork network)
        : base(network, new AdamOptions { LearningRate = 1e-3f }, batch: 64, time: 150, LanguageNetwork.Classes) => this.network = network;

    public override string Name => "lstm-train";

    public override string Title => "LSTM training (2 x 512, batch 64, 150 steps, 512 classes, Adam), tokens/s";

    // The second layer's gradient goes down too; the embedding is a copy.
    protected override double OperationsPerToken => 6.0 * LanguageNetwork.WeightCount;

    protected override Tensor Logits(Tape tape, int[] tokens, int batch, int time)
    {
        var x = network.Embedding.Forward(tape, tokens, batch, time);
        (x, _) = network.First.Forward(tape, x);
        (x, _) = network.Second.Forward(tape, x);
        return network.Output.Forward(tape, x);
    }
}
