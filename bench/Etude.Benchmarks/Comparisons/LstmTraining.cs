using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

/// <summary>Forward, backward and Adam on random tokens; what is learned does not matter, what is computed is the same.</summary>
internal sealed class LstmTraining : IComparisonTask
{
    private const int Batch = 64, Time = 150;

    // Multiply-adds per weight and token: one forwards, two backwards; the second layer down, the embedding's is a copy.
    private const double OperationsPerToken = 6.0 * LanguageNetwork.WeightCount;

    private readonly LanguageNetwork network;
    private readonly Adam optimizer;
    private readonly Tape tape = new();
    private readonly int[] tokens = new int[Batch * Time], targets = new int[Batch * Time];

    public LstmTraining()
    {
        var random = new RandomSource(1);
        network = new(random);
        optimizer = new(network.Parameters, new AdamOptions { LearningRate = 1e-3f });
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = random.NextInt32(LanguageNetwork.Classes);
            targets[i] = random.NextInt32(LanguageNetwork.Classes);
        }
    }

    public string Name => "lstm-train";

    public string Title => "LSTM training (2 x 512, batch 64, 150 steps, 512 classes, Adam), tokens/s";

    public string[] Peer => ["speed_torch.py"];

    public double Measure() => Measurement.Rate(Batch * Time, Step);

    public string Share(double measured, MachineLimits limits) =>
        $"{measured * OperationsPerToken / 1e9:F0} GFLOP/s, {measured * OperationsPerToken / 1e9 / limits.AllThreads:P0} of the multiply-add peak";

    public void Step()
    {
        tape.Reset();
        var x = network.Embedding.Forward(tape, tokens, Batch, Time);
        (x, _) = network.First.Forward(tape, x);
        (x, _) = network.Second.Forward(tape, x);
        var loss = tape.CrossEntropy(network.Output.Forward(tape, x), targets);
        tape.Backward(loss.Tensor);
        optimizer.Step();
    }

    public void Dispose() => tape.Dispose();
}
