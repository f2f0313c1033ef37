using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class SoftmaxTests
{
    public static TheoryData<int, int> Sizes => new() { { 0, 5 }, { 1, 1 }, { 3, 15 }, { 2, 16 }, { 5, 17 }, { 4, 65 }, { 70, 390 }, { 2, 9000 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Softmax_and_its_gradient(int rows, int columns)
    {
        float[] x = Numbers.Uniform(1, rows * columns, -30, 30), y = new float[x.Length], logSums = new float[rows];
        float[] dY = Numbers.Uniform(2, x.Length), dX = Numbers.Uniform(3, x.Length);
        double[] p = Plain(rows, columns, x, out double[] expectedLogSums);
        double[] expected = new double[x.Length];
        for (int start = 0; start < x.Length; start += columns)
        {
            double dot = Enumerable.Range(start, columns).Sum(i => p[i] * dY[i]);
            for (int i = start; i < start + columns; i++) expected[i] = dX[i] + p[i] * (dY[i] - dot);
        }

        Softmax.Forward(rows, columns, x, y);
        Softmax.LogSumExp(rows, columns, x, logSums);
        Numbers.AssertClose(p, y, 2e-6);
        Numbers.AssertClose(expectedLogSums, logSums, 1e-6);
        Softmax.Backward(rows, columns, y, dY, dX);
        Numbers.AssertClose(expected, dX, 3e-6);
        Softmax.Forward(rows, columns, x, x);
        Assert.Equal(y, x);
    }

    [Fact]
    public void A_masked_logit_has_no_probability()
    {
        float[] x = [.. Enumerable.Repeat(1000f, 20), float.NegativeInfinity];
        Softmax.Forward(1, 21, x, x);
        Assert.All(x[..20], value => Assert.Equal(0.05f, value, 1e-6f));
        Assert.Equal(0, x[20]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Cross_entropy(int rows, int columns)
    {
        float[] x = Numbers.Uniform(1, rows * columns, -5, 5), d = new float[x.Length];
        int[] targets = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 2 ? SoftmaxCrossEntropy.Ignore : row * 7 % columns)];
        double[] p = Plain(rows, columns, x, out double[] logSums), expected = new double[x.Length];
        double loss = 0;
        int correct = 0;
        for (int row = 0; row < rows; row++)
        {
            if (targets[row] < 0) continue;
            int at = row * columns;
            loss += logSums[row] - x[at + targets[row]];
            if (Enumerable.Range(0, columns).All(i => x[at + i] < x[at + targets[row]] || i == targets[row])) correct++;
            for (int i = 0; i < columns; i++) expected[at + i] = 0.25 * (p[at + i] - (i == targets[row] ? 1 : 0));
        }

        double actual = SoftmaxCrossEntropy.Forward(rows, columns, x, targets, d, out int hits, 0.25f);
        Assert.Equal(loss, actual, 1e-5 * (1 + loss));
        Assert.Equal(correct, hits);
        Numbers.AssertClose(expected, d, 1e-6);
        Assert.Equal(actual, SoftmaxCrossEntropy.Forward(rows, columns, x, targets, [], out hits), 1e-5 * (1 + loss));
        Assert.Equal(correct, hits);
        SoftmaxCrossEntropy.Forward(rows, columns, x, targets, x, out _, 0.25f);
        Assert.Equal(d, x);
    }

    [Fact]
    public void Among_equal_logits_the_first_counts()
    {
        float[] x = new float[40];
        SoftmaxCrossEntropy.Forward(2, 20, x, [0, 1], [], out int correct);
        Assert.Equal(1, correct);
    }

    [Fact]
    public void Threads_do_not_change_a_bit() => Numbers.AssertSameForAnyThreads(() =>
    {
        float[] x = Numbers.Uniform(1, 300 * 390), d = new float[x.Length];
        int[] targets = [.. Enumerable.Range(0, 300)];
        double loss = SoftmaxCrossEntropy.Forward(300, 390, x, targets, d, out int correct);
        Softmax.Forward(300, 390, x, x);
        return [.. d, .. x, (float)loss, correct];
    });

    private static double[] Plain(int rows, int columns, float[] x, out double[] logSums)
    {
        double[] p = new double[x.Length];
        logSums = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            double max = x.Skip(row * columns).Take(columns).Max(), sum = 0;
            for (int i = 0; i < columns; i++) sum += Math.Exp(x[row * columns + i] - max);
            for (int i = 0; i < columns; i++) p[row * columns + i] = Math.Exp(x[row * columns + i] - max) / sum;
            logSums[row] = max + Math.Log(sum);
        }
        return p;
    }
}
