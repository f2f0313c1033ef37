using BenchmarkDotNet.Attributes;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks;

/// <summary>The products of LSTM training (2 x 512, batch 64, 150 steps), and a square one.</summary>
public class GemmBenchmarks
{
    private float[] a = [], b = [], c = [];

    /// <summary>A kind of product: m, n, k and which operands are transposed.</summary>
    public sealed record Product(string Name, int M, int N, int K, bool TransposeA, bool TransposeB)
    {
        public override string ToString() => $"{Name} {M}x{N}x{K}";
    }

    public static IEnumerable<Product> Products =>
    [
        new("square", 1024, 1024, 1024, false, false), new("inputs", 9600, 2048, 512, false, true), new("inputs' gradient", 9600, 512, 2048, false, false),
        new("weights' gradient", 2048, 512, 9600, true, false), new("odd", 333, 390, 77, false, true),
    ];

    [ParamsSource(nameof(Products))]
    public Product Shape { get; set; } = null!;

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        (a, b, c) = (new float[Shape.M * Shape.K], new float[Shape.K * Shape.N], new float[Shape.M * Shape.N]);
        foreach (ref float value in a.AsSpan()) value = random.NextSingle() - 0.5f;
        foreach (ref float value in b.AsSpan()) value = random.NextSingle() - 0.5f;
    }

    [Benchmark]
    public void Multiply() => Gemm.Multiply(
        Shape.M, Shape.N, Shape.K, a, Shape.TransposeA ? Shape.M : Shape.K, Shape.TransposeA, b, Shape.TransposeB ? Shape.K : Shape.N, Shape.TransposeB,
        false, c, Shape.N);
}
