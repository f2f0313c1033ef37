namespace Etude.Neural.Tensors.Kernels;

/// <summary>Product of a matrix and a vector; bound by the reading of the matrix.</summary>
internal static class Gemv
{
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
        for (int row = 0; row < rows; row++)
        {
            float sum = accumulate ? y[row] : 0;
            if (!bias.IsEmpty) sum += bias[row];
            for (int column = 0; column < columns; column++) sum += weights[row * columns + column] * x[column];
            y[row] = sum;
        }
    }
}
