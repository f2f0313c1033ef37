using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class QuantizedGemvTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(5, 17)]
    [InlineData(33, 64)]
    [InlineData(302, 257)]
    [InlineData(3, 70_000)]
    public void Equals_the_plain_sum(int rows, int columns)
    {
        sbyte[] weights = [.. Numbers.Uniform(1, rows * columns).Select(value => (sbyte)MathF.Round(value * 127))];
        float[] scales = Numbers.Uniform(5, rows), x = Numbers.Uniform(2, columns), bias = Numbers.Uniform(3, rows), y = Numbers.Uniform(4, rows);
        double[] product =
            [.. Enumerable.Range(0, rows).Select(row => scales[row] * Enumerable.Range(0, columns).Sum(i => (double)weights[row * columns + i] * x[i]))];
        foreach (bool accumulate in (bool[])[false, true])
        {
            foreach (bool biased in (bool[])[false, true])
            {
                float[] actual = [.. y];
                QuantizedGemv.Multiply(rows, columns, weights, scales, x, biased ? bias : [], actual, accumulate);
                Numbers.AssertClose(
                    [.. product.Select((value, i) => value + (biased ? bias[i] : 0) + (accumulate ? y[i] : 0))], actual, 1e-4 * (1 + Math.Sqrt(columns)));
            }
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        sbyte[] weights = [.. Numbers.Uniform(1, 512 * 300).Select(value => (sbyte)(value * 127))];
        float[] scales = Numbers.Uniform(3, 512), x = Numbers.Uniform(2, 300);
        Numbers.AssertSameForAnyThreads(() =>
        {
            float[] y = new float[512];
            QuantizedGemv.Multiply(512, 300, weights, scales, x, [], y, accumulate: false);
            return y;
        });
    }
}
