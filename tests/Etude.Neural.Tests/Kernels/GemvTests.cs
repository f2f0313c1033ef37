using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class GemvTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(1, 1)]
    [InlineData(5, 17)]
    [InlineData(33, 64)]
    [InlineData(300, 257)]
    [InlineData(2, 70_000)]
    public void Equals_the_plain_sum(int rows, int columns)
    {
        float[] weights = Numbers.Uniform(1, rows * columns), x = Numbers.Uniform(2, columns), bias = Numbers.Uniform(3, rows), y = Numbers.Uniform(4, rows);
        double[] product = [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Sum(i => (double)weights[row * columns + i] * x[i]))];
        foreach (bool accumulate in (bool[])[false, true])
        {
            foreach (bool biased in (bool[])[false, true])
            {
                float[] actual = [.. y];
                Gemv.Multiply(rows, columns, weights, x, biased ? bias : [], actual, accumulate);
                Numbers.AssertClose(
                    [.. product.Select((value, i) => value + (biased ? bias[i] : 0) + (accumulate ? y[i] : 0))], actual, 1e-6 * (1 + Math.Sqrt(columns)));
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        float[] weights = Numbers.Uniform(1, 512 * 300), x = Numbers.Uniform(2, 300);
        Numbers.AssertSameForAnyThreads(() =>
        {
            float[] y = new float[512];
            Gemv.Multiply(512, 300, weights, x, [], y, accumulate: false);
            return y;
        });
    }
}
