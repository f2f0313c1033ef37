using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

/// <summary>Forward, backward and Adam on random tokens; what is learned does not matter, what is computed is the same.</summary>
internal abstract class TokenTraining : IComparisonTask
{
    private readonly int batch, time;
    private readonly Adam optimizer;
    private readonly Tape tape = new();
    private readonly int[] tokens, targets;

    protected TokenTraining(Module network, AdamOptions options, int batch, int time, int classes)
    {
        (this.batch, this.time) = (batch, time);
        optimizer = new(network.Parameters, options);
        var random = new RandomSource(2);
        tokens = [.. Enumerable.Range(0, batch * time).Select(_ => random.NextInt32(classes))];
        targets = [.. Enumerable.Range(0, batch * time).Select(_ => random.NextInt32(classes))];
    }

    public abstract string Name { get; }

    public abstract string Title { get; }

    public string[] Peer => ["speed_torch.py"];

    /// <summary>Additions and multiplications of one token, forwards once and backwards twice.</summary>
    protected abstract double OperationsPerToken { get; }

    public double Measure() => Measurement.Rate(batch * time, Step);

    public string Share(double measured, MachineLimits limits) =>
        $"{measured * OperationsPerToken / 1e9:F0} GFLOP/s, {measured * OperationsPerToken / 1e9 / limits.AllThreads:P0} of the multiply-add peak";

    public void Step()
    {
        tape.Reset();
        var loss = tape.CrossEntropy(Logits(tape, tokens, batch, time), targets);
        tape.Backward(loss.Tensor);
        optimizer.Step();
    }

    public void Dispose() => tape.Dispose();

    protected abstract Tensor Logits(Tape tape, int[] tokens, int batch, int time);
}
