using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class RowsTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 1)]
    [InlineData(9, 17)]
    [InlineData(300, 130)]
    public void Gather_then_scatter(int count, int width)
    {
        const int TableRows = 7;
        int[] indices = [.. Enumerable.Range(0, count).Select(i => i * i % TableRows)];
        float[] table = Numbers.Uniform(1, TableRows * width), picked = new float[count * width], sum = Numbers.Uniform(2, TableRows * width);
        double[] expected = Array.ConvertAll(sum, value => (double)value);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < width; j++) expected[indices[i] * width + j] += table[indices[i] * width + j];
        }

        Rows.Gather(table, width, indices, picked);
        for (int i = 0; i < count; i++) Assert.Equal(table[(indices[i] * width)..((indices[i] + 1) * width)], picked[(i * width)..((i + 1) * width)]);
        Rows.ScatterAdd(picked, width, indices, sum);
        Numbers.AssertClose(expected, sum, 2e-5);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        float[] source = Numbers.Uniform(1, 500 * 300);
        int[] indices = [.. Enumerable.Range(0, 500).Select(i => i % 11)];
        Numbers.AssertSameForAnyThreads(() =>
        {
            float[] table = new float[11 * 300];
            Rows.ScatterAdd(source, 300, indices, table);
            return table;
        });
    }
}
