using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

public sealed class InitializationTests
{
    private readonly RandomSource _random = new(2);

    [Theory]
    [InlineData(20, 20), InlineData(8, 30), InlineData(30, 8), InlineData(90, 90), InlineData(70, 100)]
    public void Orthogonal_rows_or_columns(int rows, int columns)
    {
        var weight = new Tensor([2 * rows, columns]).Orthogonal(_random, blocks: 2);
        for (int block = 0; block < 2; block++)
        {
            float[] values = weight.Data.Slice(block * rows * columns, rows * columns).ToArray();
            int count = Math.Min(rows, columns), length = Math.Max(rows, columns);
            float At(int vector, int i) => rows <= columns ? values[vector * columns + i] : values[i * columns + vector];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j <= i; j++)
                    Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, length).Sum(k => (double)At(i, k) * At(j, k)), 1e-6);
            }
        }
    }

    [Fact]
    public void Spread_follows_the_fans()
    {
        Shape shape = [300, 100];
        Assert.Equal(Math.Sqrt(2.0 / 400), Deviation(new Tensor(shape).GlorotNormal(_random)), 0.001);
        Assert.Equal(Math.Sqrt(2.0 / 400), Deviation(new Tensor(shape).GlorotUniform(_random)), 0.001);
        Assert.Equal(Math.Sqrt(2.0 / 100), Deviation(new Tensor(shape).HeNormal(_random)), 0.002);
        Assert.InRange(new Tensor(shape).GlorotUniform(_random).Data.ToArray().Max(), 0.95 * Math.Sqrt(6.0 / 400), Math.Sqrt(6.0 / 400));
    }

    [Fact]
    public void Layers_begin_as_documented()
    {
        var lstm = new Lstm(3, 4, _random);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], lstm.Bias.Data);
        Assert.Equal(new float[5], new Linear(3, 5, _random).Bias!.Data);
        Assert.Equal(1, Deviation(new Embedding(200, 50, _random).Weight), 0.04);
        Assert.Equal(Math.Sqrt(2.0 / (5 * (20 + 60))), Deviation(new Conv1d(20, 60, 5, _random).Weight), 0.002);
    }

    private static double Deviation(Tensor tensor)
    {
        double mean = tensor.Data.ToArray().Average();
        return Math.Sqrt(tensor.Data.ToArray().Average(value => (value - mean) * (value - mean)));
    }
}
