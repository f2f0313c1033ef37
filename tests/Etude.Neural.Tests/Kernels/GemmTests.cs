using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class GemmTests
{
    // Around tile heights (1 to 14), panel widths (2 to 32), slab depth (512) and part sizes.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 7, 3 }, { 2, 2, 2 }, { 3, 33, 5 }, { 5, 31, 17 }, { 6, 32, 16 }, { 7, 16, 4 }, { 13, 64, 9 }, { 14, 32, 8 }, { 15, 65, 31 },
        { 28, 40, 64 }, { 64, 96, 33 }, { 29, 1, 12 }, { 1, 300, 70 }, { 37, 300, 515 }, { 230, 270, 40 }, { 4, 9, 1030 }, { 0, 4, 4 }, { 4, 0, 4 }, { 4, 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Equals_the_plain_sum(int m, int n, int k)
    {
        foreach (bool transposeA in (bool[])[false, true])
        {
            foreach (bool transposeB in (bool[])[false, true])
            {
                foreach (bool accumulate in (bool[])[false, true])
                {
                    // Odd strides; what lies between the rows of C must stay.
                    int lda = (transposeA ? m : k) + 3, ldb = (transposeB ? k : n) + 1, ldc = n + 5;
                    float[] a = Numbers.Uniform(1, (transposeA ? k : m) * lda), b = Numbers.Uniform(2, (transposeB ? n : k) * ldb);
                    float[] c = Numbers.Uniform(3, m * ldc), before = [.. c];
                    Gemm.Multiply(m, n, k, a, lda, transposeA, b, ldb, transposeB, accumulate, c, ldc);
                    Numbers.AssertClose(Expected(m, n, k, a, lda, transposeA, b, ldb, transposeB, accumulate, before, ldc), c, 2e-6 * (1 + Math.Sqrt(k)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_packed_matrix_gives_the_same_bits(int m, int n, int k)
    {
        float[] a = Numbers.Uniform(1, m * (k + 2)), b = Numbers.Uniform(2, n * k);
        float[] expected = Numbers.Uniform(3, m * n), actual = [.. expected];
        var packed = new PackedMatrix(k, n);
        packed.Pack(Numbers.Uniform(9, n * k), k, transpose: true);
        packed.Pack(b, k, transpose: true);
        Gemm.Multiply(m, n, k, a, k + 2, false, b, k, true, true, expected, n);
        Gemm.Multiply(m, a, k + 2, packed, true, actual, n);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_bias_is_added_to_each_row(int m, int n, int k)
    {
        float[] a = Numbers.Uniform(1, m * k), b = Numbers.Uniform(2, k * n), bias = Numbers.Uniform(3, n), c = Numbers.Uniform(4, m * n);
        double[] expected = Expected(m, n, k, a, k, false, b, n, false, false, c, n);
        for (int i = 0; i < expected.Length; i++) expected[i] += bias[i % n];
        Gemm.Multiply(m, n, k, a, k, false, b, n, false, false, c, n, bias);
        Numbers.AssertClose(expected, c, 2e-6 * (1 + Math.Sqrt(k)));
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        const int M = 150, N = 520, K = 600;
        float[] a = Numbers.Uniform(1, M * K), b = Numbers.Uniform(2, K * N);
        Numbers.AssertSameForAnyThreads(() =>
        {
            var c = new float[M * N];
            Gemm.Multiply(M, N, K, a, K, false, b, N, false, false, c, N);
            return c;
        });
    }

    [Fact]
    public void A_row_does_not_depend_on_the_rows_beside_it()
    {
        const int N = 70, K = 530;
        float[] a = Numbers.Uniform(1, 40 * K), b = Numbers.Uniform(2, K * N);
        float[] all = new float[40 * N], one = new float[N];
        Gemm.Multiply(40, N, K, a, K, false, b, N, false, false, all, N);
        Gemm.Multiply(3, N, K, a.AsSpan(17 * K), K, false, b, N, false, false, all.AsSpan(20 * N), N);
        Gemm.Multiply(1, N, K, a.AsSpan(17 * K), K, false, b, N, false, false, one, N);
        Assert.Equal(all[(17 * N)..(18 * N)], all[(20 * N)..(21 * N)]);
        Assert.Equal(all[(17 * N)..(18 * N)], one);
    }

    [Fact]
    public void Too_short_a_span_is_refused()
    {
        float[] nine = new float[9];
        Assert.ThrowsAny<ArgumentException>(() => Gemm.Multiply(3, 3, 4, nine, 4, false, new float[12], 3, false, false, new float[9], 3));
        Assert.ThrowsAny<ArgumentException>(() => Gemm.Multiply(3, 3, 3, nine, 3, false, new float[8], 3, false, false, new float[9], 3));
        Assert.ThrowsAny<ArgumentException>(() => Gemm.Multiply(3, 3, 3, nine, 3, false, nine, 3, false, false, new float[8], 3));
        Assert.ThrowsAny<ArgumentException>(() => Gemm.Multiply(3, 3, 3, nine, 3, false, nine, 3, false, false, new float[9], 2));
    }

    private static double[] Expected(
        int m, int n, int k, float[] a, int lda, bool transposeA, float[] b, int ldb, bool transposeB, bool accumulate, float[] c, int ldc)
    {
        double[] expected = Array.ConvertAll(c, value => (double)value);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                double sum = accumulate ? c[row * ldc + column] : 0;
                for (int i = 0; i < k; i++)
                {
                    sum += (double)(transposeA ? a[i * lda + row] : a[row * lda + i]) * (transposeB ? b[column * ldb + i] : b[i * ldb + column]);
                }
                expected[row * ldc + column] = sum;
            }
        }
        return expected;
    }
}
