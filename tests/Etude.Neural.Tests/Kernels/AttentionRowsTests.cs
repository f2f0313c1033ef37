using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class AttentionRowsTests
{
    [Theory]
    [InlineData(1, 1), InlineData(3, 5), InlineData(7, 64), InlineData(130, 83)]
    public void Mix_is_the_weighted_sum_of_rows(int count, int width)
    {
        float[] weights = Numbers.Uniform(1, count), rows = Numbers.Uniform(2, count * width), actual = new float[width];
        AttentionRows.Mix(weights, rows, actual);
        double[] expected = [.. Enumerable.Range(0, width).Select(i => Enumerable.Range(0, count).Sum(row => (double)weights[row] * rows[row * width + i]))];
        Numbers.AssertClose(expected, actual, 1e-6 * (1 + Math.Sqrt(count)));
    }

    [Fact]
    public void A_softmax_in_two_blocks_is_that_of_the_whole()
    {
        const int rows = 5, columns = 37, first = 20;
        float[] products = Numbers.Uniform(1, rows * columns);
        float[] whole = [.. products], wholeMaxima = new float[rows], wholeSums = new float[rows], shrinks = new float[rows];
        Array.Fill(wholeMaxima, float.NegativeInfinity);
        // Row r sees columns r to 30 + r.
        int[] starts = [.. Enumerable.Range(0, rows)], ends = [.. starts.Select(start => start + 31)];
        AttentionRows.Forward(columns, 0.5f, starts, ends, whole, wholeMaxima, wholeSums, shrinks);

        float[] maxima = new float[rows], sums = new float[rows];
        Array.Fill(maxima, float.NegativeInfinity);
        foreach (var (from, to) in new[] { (0, first), (first, columns) })
        {
            float[] part = [.. Enumerable.Range(0, rows).SelectMany(row => products[(row * columns + from)..(row * columns + to)])];
            int[] partStarts = [.. starts.Select(start => Math.Max(0, start - from))], partEnds = [.. ends.Select(end => Math.Min(to, end) - from)];
            AttentionRows.Forward(to - from, 0.5f, partStarts, partEnds, part, maxima, sums, shrinks);
        }

        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(wholeMaxima[row] + MathF.Log(wholeSums[row]), maxima[row] + MathF.Log(sums[row]), 1e-5f);
            Assert.All(whole[(row * columns)..(row * columns + starts[row])], hidden => Assert.Equal(0, hidden));
            Assert.All(whole[(row * columns + ends[row])..((row + 1) * columns)], hidden => Assert.Equal(0, hidden));
            Assert.True(whole[row * columns + starts[row]] > 0);
        }
    }
}
