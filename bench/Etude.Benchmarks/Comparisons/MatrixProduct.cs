using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks.Comparisons;

internal sealed class MatrixProduct : IComparisonTask
{
    private const int Size = 1024;
    private const double Operations = 2.0 * Size * Size * Size / 1e9;
    private readonly float[] a = Random(1), b = Random(2), c = new float[Size * Size];

    public string Name => "gemm";

    public string Title => "matrix product 1024^3, GFLOP/s";

    public string[] Peer => ["speed_torch.py"];

    public double Measure() => Measurement.Rate(Operations, () => Gemm.Multiply(Size, Size, Size, a, Size, false, b, Size, false, false, c, Size));

    public string Share(double measured, MachineLimits limits) => $"{measured / limits.AllThreads:P0} of the multiply-add peak";

    public void Dispose()
    {
    }

    private static float[] Random(int seed)
    {
        var random = new Random(seed);
        float[] values = new float[Size * Size];
        foreach (ref float value in values.AsSpan()) value = random.NextSingle() - 0.5f;
        return values;
    }
}
