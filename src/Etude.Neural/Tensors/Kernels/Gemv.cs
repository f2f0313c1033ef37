namespace Etude.Neural.Tensors.Kernels;

/// <summary>Product of a matrix and a vector; bound by the reading of the matrix.</summary>
internal static class Gemv
{
    // 128 KB of weights: some microseconds' reading.
    private const int PartWeights = 32 * 1024;

    /// <summary>y = W x + bias, or y += W x + bias when <paramref name="accumulate"/>.</summary>
    /// <param name="rows">Length of y.</param>
    /// <param name="columns">Length of x.</param>
    /// <param name="weights">[rows, columns], without gaps.</param>
    /// <param name="x">[columns]</param>
    /// <param name="bias">[rows], or empty for none.</param>
    /// <param name="y">[rows]; must not overlap x.</param>
    public static void Multiply(
        int rows, int columns, ReadOnlySpan<float> weights, ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y, bool accumulate)
    {
        int rowsPerPart = Math.Max(1, PartWeights / Math.Max(1, columns));
        Kernel.Run(
            (rows + rowsPerPart - 1) / rowsPerPart,
            new Product(rowsPerPart, weights[..(rows * columns)], x[..columns], bias, y[..rows], accumulate));
    }

    private readonly ref struct Product(
        int rowsPerPart, ReadOnlySpan<float> weights, ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y, bool accumulate) : IKernel
    {
        private readonly ReadOnlySpan<float> weights = weights, x = x, bias = bias;
        private readonly Span<float> y = y;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(y.Length, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++)
            {
                float sum = Fold.Sum<T, Functions.Times>(default, x, weights.Slice(row * x.Length, x.Length));
                if (!bias.IsEmpty) sum += bias[row];
                y[row] = accumulate ? y[row] + sum : sum;
            }
        }
    }
}
