using BenchmarkDotNet.Attributes;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks;

/// <summary>Single kernels at the sizes that a step of LSTM training (2 x 512, batch 64) has.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private const int Batch = 64, Units = 512, Size = Batch * Units;
    private readonly float[] gates = new float[4 * Size], weights = new float[4 * Units * Units], gradients = new float[4 * Units * Units];
    private readonly float[] firstMoments = new float[4 * Units * Units], secondMoments = new float[4 * Units * Units];
    private readonly float[] hidden = new float[Size], cell = new float[Size], tanhCell = new float[Size];
    private readonly int[] targets = new int[Batch];
    private readonly PackedMatrix recurrent = new(Units, 4 * Units);

    /// <summary>1: what one core does; 2: what is gained by sharing.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        Workers.Count = Threads;
        var random = new Random(1);
        foreach (float[] values in (float[][])[gates, weights, gradients, hidden, cell])
        {
            foreach (ref float value in values.AsSpan()) value = random.NextSingle() - 0.5f;
        }
        recurrent.Pack(weights, Units, transpose: true);
    }

    [Benchmark]
    public void PackWeights() => recurrent.Pack(weights, Units, transpose: true);

    [Benchmark]
    public void RecurrentProduct() => Gemm.Multiply(Batch, hidden, Units, recurrent, false, gates, 4 * Units);

    [Benchmark]
    public void VectorProduct() => Gemv.Multiply(4 * Units, Units, weights, hidden.AsSpan(0, Units), [], gates.AsSpan(0, 4 * Units), false);

    [Benchmark]
    public void LstmForward() => LstmGates.Forward(Batch, Units, gates, cell, cell, tanhCell, hidden);

    [Benchmark]
    public void LstmBackward() => LstmGates.Backward(Batch, Units, gates, cell, tanhCell, hidden, cell);

    [Benchmark]
    public void Tanh() => Activations.Tanh(hidden, tanhCell);

    [Benchmark]
    public double CrossEntropy() => SoftmaxCrossEntropy.Forward(Batch, Units, hidden, targets, tanhCell, out _);

    [Benchmark]
    public void Adam() =>
        AdamKernel.Step(1, 1e-3f, 0.9f, 0.999f, 1e-8f, 0, false, 1, weights, gradients, firstMoments, secondMoments);
}
