using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks.Comparisons;

/// <summary>One token after the other with a key-value cache, each the likeliest after those before; the peer's weights are float32.</summary>
internal sealed class DecoderGeneration : IComparisonTask
{
    private const int Tokens = 200;
    private readonly DecoderNetwork network = new(new RandomSource(1));
    private readonly AttentionCache[] caches;
    private readonly float[] x = new float[DecoderNetwork.Width], logits = new float[DecoderNetwork.Classes];
    private readonly bool rounded;

    /// <param name="rounded">Whether our weights are 8-bit integers.</param>
    public DecoderGeneration(bool rounded)
    {
        this.rounded = rounded;
        caches = network.CreateCaches(Tokens);
        if (!rounded) return;
        var file = new SafetensorsFile();
        file.Store(network, WeightPrecision.Int8);
        file.Restore(network);
    }

    public string Name => rounded ? "transformer-generate-int8" : "transformer-generate";

    public string Title => $"Transformer generation with a cache{(rounded ? ", 8-bit weights beside float32" : "")}, tokens/s";

    public string[] Peer => ["speed_torch.py"];

    public double Measure() => Measurement.Rate(Tokens, Generate);

    public string Share(double measured, MachineLimits limits)
    {
        double read = measured * DecoderNetwork.WeightCount * (rounded ? 1 : 4) / 1e9;
        return $"{read:F0} GB/s, {read / limits.Read:P0} of the read bandwidth";
    }

    public void Generate()
    {
        foreach (var cache in caches) cache.Clear();
        int token = 0;
        for (int i = 0; i < Tokens; i++)
        {
            network.Step(token, caches, x, logits);
            token = Reductions.IndexOfMax(logits);
        }
    }

    public void Dispose()
    {
    }
}
