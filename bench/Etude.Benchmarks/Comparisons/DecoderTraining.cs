using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

/// <summary>Forward, backward and AdamW of a Transformer on random tokens; what is learned does not matter, what is computed is the same.</summary>
internal sealed class DecoderTraining : IComparisonTask
{
    private const int Batch = 4, Time = 512;

    // Multiply-adds of weights, and of attention to half of the steps on average: once forwards, twice backwards.
    private const double OperationsPerToken = 6.0 * (DecoderNetwork.WeightCount + DecoderNetwork.Blocks * DecoderNetwork.Width * (double)Time);

    private readonly DecoderNetwork network;
    private readonly Adam optimizer;
    private readonly Tape tape = new();
    private readonly int[] tokens = new int[Batch * Time], targets = new int[Batch * Time];

    public DecoderTraining()
    {
        var random = new RandomSource(1);
        network = new(random);
        optimizer = new(network.Parameters, new AdamOptions { LearningRate = 1e-3f, WeightDecay = 0.01f, DecoupledWeightDecay = true });
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = random.NextInt32(DecoderNetwork.Classes);
            targets[i] = random.NextInt32(DecoderNetwork.Classes);
        }
    }

    public string Name => "transformer-train";

    public string Title => "Transformer training (6 x 512, 8 heads, batch 4, 512 steps, 512 classes, AdamW), tokens/s";

    public string[] Peer => ["speed_torch.py"];

    public double Measure() => Measurement.Rate(Batch * Time, Step);

    public string Share(double measured, MachineLimits limits) =>
        $"{measured * OperationsPerToken / 1e9:F0} GFLOP/s, {measured * OperationsPerToken / 1e9 / limits.AllThreads:P0} of the multiply-add peak";

    public void Step()
    {
        tape.Reset();
        var loss = tape.CrossEntropy(network.Forward(tape, tokens, Batch, Time), targets);
        tape.Backward(loss.Tensor);
        optimizer.Step();
    }

    public void Dispose() => tape.Dispose();
}
