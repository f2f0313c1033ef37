using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class LayerNormRowsTests
{
    private const float Epsilon = 1e-5f;

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(3, 16, true)]
    [InlineData(2, 17, false)]
    [InlineData(50, 390, true)]
    [InlineData(5, 65, false)]
    public void Forward_and_gradient_equal_the_formula(int rows, int width, bool affine)
    {
        int size = rows * width;
        float[] x = Numbers.Uniform(1, size, -2, 3), gain = affine ? Numbers.Uniform(2, width, 0.5f, 2) : [], bias = affine ? Numbers.Uniform(3, width) : [];
        float[] dY = Numbers.Uniform(4, size), y = new float[size], means = new float[rows], inverse = new float[rows];
        float[] dX = Numbers.Uniform(5, size), dGain = affine ? Numbers.Uniform(6, width) : [], dBias = affine ? Numbers.Uniform(7, width) : [];
        double[] expectedY = new double[size], expectedX = Doubles(dX), expectedGain = Doubles(dGain), expectedBias = Doubles(dBias);
        for (int row = 0; row < rows; row++)
        {
            int at = row * width;
            double mean = x.Skip(at).Take(width).Average(value => (double)value);
            double deviation = Math.Sqrt(x.Skip(at).Take(width).Average(value => (value - mean) * (value - mean)) + Epsilon);
            double[] n = [.. x.Skip(at).Take(width).Select(value => (value - mean) / deviation)];
            double[] d = [.. Enumerable.Range(0, width).Select(i => dY[at + i] * (affine ? (double)gain[i] : 1))];
            double sum = d.Average(), dot = d.Zip(n, (a, b) => a * b).Average();
            for (int i = 0; i < width; i++)
            {
                expectedY[at + i] = affine ? n[i] * gain[i] + bias[i] : n[i];
                expectedX[at + i] += (d[i] - sum - n[i] * dot) / deviation;
                if (!affine) continue;
                expectedGain[i] += dY[at + i] * n[i];
                expectedBias[i] += dY[at + i];
            }
        }

        LayerNormRows.Forward(rows, width, x, gain, bias, Epsilon, y, means, inverse);
        LayerNormRows.Backward(rows, width, x, gain, means, inverse, dY, dX, dGain, dBias);
        Numbers.AssertClose(expectedY, y, 3e-6);
        Numbers.AssertClose(expectedX, dX, 1e-5);
        Numbers.AssertClose(expectedGain, dGain, 1e-5);
        Numbers.AssertClose(expectedBias, dBias, 1e-5);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
