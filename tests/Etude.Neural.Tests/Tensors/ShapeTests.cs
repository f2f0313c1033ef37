using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Tensors;

public sealed class ShapeTests
{
    [Fact]
    public void Knows_its_extents()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((3, 24, 4, 6), (shape.Rank, shape.Length, shape.Channels, shape.Rows));
        Assert.Equal((2, 3, 4), (shape[0], shape[1], shape[-1]));
        Assert.Equal("[2, 3, 4]", shape.ToString());
        Assert.Equal("[2, 3, 7]", shape.WithChannels(7).ToString());
        Assert.Equal("[2, 5, 4]", shape.With(-2, 5).ToString());
    }

    [Fact]
    public void Equality_minds_the_rank()
    {
        Shape flat = [6], tall = [6, 1];
        Assert.NotEqual(flat, tall);
        Assert.Equal([6, 1], tall);
    }

    [Fact]
    public void Refuses_what_no_tensor_can_be()
    {
        Assert.Throws<ArgumentException>(() => Shape.Create([]));
        Assert.Throws<ArgumentException>(() => Shape.Create([1, 1, 1, 1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create([2, -1]));
        Assert.Throws<ArgumentException>(() => Shape.Create([100_000, 100_000]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shape.Create([2, 3])[2]);
    }
}
