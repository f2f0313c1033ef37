namespace Etude.Neural.Tensors.Kernels;

/// <summary>General matrix product, float32, row-major.</summary>
internal static class Gemm
{
    /// <summary>C = op(A) op(B), or C += op(A) op(B) when <paramref name="accumulate"/>; op transposes where asked.</summary>
    /// <param name="m">Rows of op(A) and C.</param>
    /// <param name="n">Columns of op(B) and C.</param>
    /// <param name="k">Columns of op(A), rows of op(B).</param>
    /// <param name="a">[m, k], or [k, m] when <paramref name="transposeA"/>; its rows are <paramref name="lda"/> apart.</param>
    /// <param name="b">[k, n], or [n, k] when <paramref name="transposeB"/>; its rows are <paramref name="ldb"/> apart.</param>
    /// <param name="c">[m, n]; its rows are <paramref name="ldc"/> apart. Must not overlap A or B.</param>
    public static void Multiply(
        int m, int n, int k,
        ReadOnlySpan<float> a, int lda, bool transposeA,
        ReadOnlySpan<float> b, int ldb, bool transposeB,
        bool accumulate, Span<float> c, int ldc)
    {
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                float sum = accumulate ? c[row * ldc + column] : 0;
                for (int i = 0; i < k; i++)
                {
                    sum += (transposeA ? a[i * lda + row] : a[row * lda + i]) * (transposeB ? b[column * ldb + i] : b[i * ldb + column]);
                }
                c[row * ldc + column] = sum;
            }
        }
    }

    /// <summary>C = A B, or C += A B when <paramref name="accumulate"/>, with a B that was packed before.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">[m, b.Rows]; its rows are <paramref name="lda"/> apart.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, b.Columns]; its rows are <paramref name="ldc"/> apart.</param>
    public static void Multiply(int m, ReadOnlySpan<float> a, int lda, PackedMatrix b, bool accumulate, Span<float> c, int ldc) =>
        Multiply(m, b.Columns, b.Rows, a, lda, false, b.Values, b.Columns, false, accumulate, c, ldc);
}
