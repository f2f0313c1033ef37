using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class ElementwiseTests
{
    public static TheoryData<int> Lengths => Numbers.LengthData;

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Arithmetic_equals_the_plain_loop(int length)
    {
        // One element on, so that vectors are not aligned.
        float[] x = Numbers.Uniform(1, length + 1)[1..], y = Numbers.Uniform(2, length, 0.5f, 2), z = Numbers.Uniform(3, length);
        Check(x, y, z, (_, _, d) => Elementwise.Add(x, y, d), i => (double)x[i] + y[i]);
        Check(x, y, z, (_, _, d) => Elementwise.Subtract(x, y, d), i => (double)x[i] - y[i]);
        Check(x, y, z, (_, _, d) => Elementwise.Multiply(x, y, d), i => (double)x[i] * y[i]);
        Check(x, y, z, (_, _, d) => Elementwise.Divide(x, y, d), i => (double)x[i] / y[i]);
        Check(x, y, z, (_, _, d) => Elementwise.MultiplyAdd(x, y, d), i => z[i] + (double)x[i] * y[i]);
        Check(x, y, z, (_, _, d) => Elementwise.Scale(x, 0.7f, d), i => x[i] * (double)0.7f);
        Check(x, y, z, (_, _, d) => Elementwise.ScaleAdd(x, 0.7f, d), i => z[i] + x[i] * (double)0.7f);
        Check(x, y, z, (_, _, d) => Elementwise.AddScalar(x, 0.7f, d), i => x[i] + (double)0.7f);
        Check(x, y, z, (_, _, d) => Elementwise.Exp(x, d), i => Math.Exp(x[i]));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_row_is_added_to_each_row(int length)
    {
        const int Rows = 3;
        float[] row = Numbers.Uniform(1, length), matrix = Numbers.Uniform(2, Rows * length), filled = new float[Rows * length];
        double[] expected = [.. matrix.Select((value, i) => (double)value + row[i % length])];
        Elementwise.AddRow(Rows, row, matrix);
        Elementwise.FillRows(Rows, row, filled);
        Numbers.AssertClose(expected, matrix, 1e-7);
        for (int i = 0; i < Rows; i++) Assert.Equal(row, filled[(i * length)..((i + 1) * length)]);
    }

    [Fact]
    public void A_source_that_is_too_short_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Elementwise.Add(new float[3], new float[2], new float[3]));
        Assert.ThrowsAny<ArgumentException>(() => Elementwise.Scale(new float[2], 1, new float[3]));
    }

    private static void Check(float[] x, float[] y, float[] z, Action<float[], float[], float[]> kernel, Func<int, double> expected)
    {
        float[] destination = [.. z];
        kernel(x, y, destination);
        Numbers.AssertClose([.. Enumerable.Range(0, x.Length).Select(expected)], destination, 3e-7);
    }
}
