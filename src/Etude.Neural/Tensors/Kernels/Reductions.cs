namespace Etude.Neural.Tensors.Kernels;

/// <summary>Sums and maxima. Sums are added in a fixed order, whatever the number of threads.</summary>
internal static class Reductions
{
    /// <summary>The sum, accumulated in double precision.</summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x) sum += value;
        return sum;
    }

    /// <summary>The sum of squares, accumulated in double precision.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x) sum += (double)value * value;
        return sum;
    }

    /// <summary>The sum of products of two vectors of one length, accumulated in double precision.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += (double)x[i] * y[i];
        return sum;
    }

    /// <summary>The largest value; negative infinity of an empty span.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        float max = float.NegativeInfinity;
        foreach (float value in x) max = MathF.Max(max, value);
        return max;
    }

    /// <summary>The place of the largest value, the first among equals; -1 of an empty span.</summary>
    public static int IndexOfMax(ReadOnlySpan<float> x)
    {
        int best = x.IsEmpty ? -1 : 0;
        for (int i = 1; i < x.Length; i++) if (x[i] > x[best]) best = i;
        return best;
    }

    /// <summary>sums[column] = (or += when <paramref name="accumulate"/>) the sum of the column, as for the gradient of a bias.</summary>
    /// <param name="matrix">[rows, columns]</param>
    /// <param name="sums">[columns]</param>
    public static void ColumnSums(int rows, int columns, ReadOnlySpan<float> matrix, Span<float> sums, bool accumulate)
    {
        if (!accumulate) sums[..columns].Clear();
        for (int row = 0; row < rows; row++) Elementwise.Add(sums[..columns], matrix.Slice(row * columns, columns), sums[..columns]);
    }
}
