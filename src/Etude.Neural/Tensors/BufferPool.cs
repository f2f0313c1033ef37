using System.Numerics;

namespace Etude.Neural.Tensors;

/// <summary>
/// Lends <see cref="AlignedBuffer"/>s and takes them back, so that a warm training step allocates nothing.
/// Capacities are rounded up to one of eight sizes per power of two; where none of the right size is free, one of up to
/// twice the size serves, so that batches of different lengths share memory. Safe to call from several threads.
/// </summary>
internal sealed class BufferPool
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Stack<AlignedBuffer>> _free = [];

    internal static BufferPool Shared { get; } = new();

    /// <summary>A buffer of at least <paramref name="length"/> floats with whatever values were left in it.</summary>
    internal AlignedBuffer Rent(int length)
    {
        int smallest = CapacityFor(length);
        lock (_lock)
        {
            for (int size = 0, capacity = smallest; size < 8; size++, capacity = CapacityFor(capacity + 1))
            {
                if (_free.TryGetValue(capacity, out var stack) && stack.TryPop(out var buffer)) return buffer;
            }
        }

        return new AlignedBuffer(smallest);
    }

    internal void Return(AlignedBuffer buffer)
    {
        lock (_lock)
        {
            if (!_free.TryGetValue(buffer.Capacity, out var stack)) _free[buffer.Capacity] = stack = new();
            stack.Push(buffer);
        }
    }

    internal static int CapacityFor(int length)
    {
        if (length <= 128) return 128;
        int step = 1 << (BitOperations.Log2((uint)length) - 3);
        return checked((length + step - 1) / step * step);
    }
}
