using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks.Comparisons;

/// <summary>One token after the other, each the likeliest after those before.</summary>
internal sealed class LstmGeneration : IComparisonTask
{
    private const int Tokens = 200;
    private readonly LanguageNetwork network = new(new RandomSource(1));
    private readonly float[] logits = new float[LanguageNetwork.Classes];

    public string Name => "lstm-generate";

    public string Title => "LSTM generation, one token at a time, tokens/s";

    public string[] Peer => ["speed_torch.py"];

    public double Measure() => Measurement.Rate(Tokens, Generate);

    public string Share(double measured, MachineLimits limits)
    {
        double read = measured * LanguageNetwork.WeightCount * 4 / 1e9;
        return $"{read:F0} GB/s, {read / limits.Read:P0} of the read bandwidth";
    }

    public void Generate()
    {
        LstmState first = network.First.CreateState(1), second = network.Second.CreateState(1);
        int token = 0;
        for (int i = 0; i < Tokens; i++)
        {
            network.First.Step(network.Embedding.Weight.Data.Slice(token * LanguageNetwork.Units, LanguageNetwork.Units), first);
            network.Second.Step(first.Hidden.Data, second);
            network.Output.Apply(second.Hidden.Data, logits);
            token = Reductions.IndexOfMax(logits);
        }
    }

    public void Dispose()
    {
    }
}
