using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class ReductionsTests
{
    public static TheoryData<int> Lengths => [.. Numbers.Lengths, 700_001];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_and_maxima_equal_the_plain_loop(int length)
    {
        float[] x = Numbers.Uniform(1, length), y = Numbers.Uniform(2, length);
        double tolerance = 2e-6 + 1e-7 * length;
        Assert.Equal(x.Sum(value => (double)value), Reductions.Sum(x), tolerance);
        Assert.Equal(x.Sum(value => (double)value * value), Reductions.SumOfSquares(x), tolerance);
        Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), Reductions.Dot(x, y), tolerance);
        Assert.Equal(length == 0 ? float.NegativeInfinity : x.Max(), Reductions.Max(x));
        Assert.Equal(length == 0 ? -1 : Array.IndexOf(x, x.Max()), Reductions.IndexOfMax(x));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(200, 63)]
    [InlineData(100, 64)]
    [InlineData(130, 1000)]
    public void Column_sums(int rows, int columns)
    {
        float[] matrix = Numbers.Uniform(1, rows * columns), sums = Numbers.Uniform(2, columns), fresh = [.. sums];
        double[] expected = [.. Enumerable.Range(0, columns).Select(column => Enumerable.Range(0, rows).Sum(row => (double)matrix[row * columns + column]))];
        Reductions.ColumnSums(rows, columns, matrix, fresh, accumulate: false);
        Numbers.AssertClose(expected, fresh, 5e-6);
        for (int i = 0; i < columns; i++) expected[i] += sums[i];
        Reductions.ColumnSums(rows, columns, matrix, sums, accumulate: true);
        Numbers.AssertClose(expected, sums, 5e-6);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        float[] x = Numbers.Uniform(1, 400_000);
        Numbers.AssertSameForAnyThreads(() =>
        {
            float[] sums = new float[1000];
            Reductions.ColumnSums(400, 1000, x, sums, accumulate: false);
            return [.. sums, (float)Reductions.Sum(x), (float)Reductions.SumOfSquares(x)];
        });
    }
}
