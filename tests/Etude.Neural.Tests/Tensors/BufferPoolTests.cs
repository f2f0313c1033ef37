using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Tensors;

public sealed class BufferPoolTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(128), InlineData(129), InlineData(1000), InlineData(1024), InlineData(1025), InlineData(9_000_001)]
    public void Capacity_wastes_at_most_an_eighth_beyond_the_smallest(int length)
    {
        int capacity = BufferPool.CapacityFor(length);
        Assert.InRange(capacity, length, Math.Max(128, length + length / 8 + 1));
        Assert.Equal(capacity, BufferPool.CapacityFor(capacity));
    }

    [Fact]
    public unsafe void Buffers_begin_on_a_cache_line_and_come_back()
    {
        var pool = new BufferPool();
        var first = pool.Rent(1000);
        fixed (float* data = first.Slice(0, 1000)) Assert.Equal(0u, (nuint)data % 64);
        pool.Return(first);
        Assert.Same(first, pool.Rent(1010));
        Assert.NotSame(first, pool.Rent(1010));
    }

    [Fact]
    public void A_larger_buffer_serves_where_none_fits_but_not_one_twice_as_large()
    {
        var pool = new BufferPool();
        var buffer = pool.Rent(1024);
        pool.Return(buffer);
        Assert.NotSame(buffer, pool.Rent(512));
        Assert.Same(buffer, pool.Rent(600));
    }
}
