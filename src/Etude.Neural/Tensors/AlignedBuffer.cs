using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors;

/// <summary>
/// Floats that begin on a cache line, so that a 64-byte vector load never straddles two. The array is pinned at birth:
/// its address, and with it the offset to the first aligned element, never changes.
/// </summary>
internal sealed class AlignedBuffer
{
    private const int FloatsPerLine = 16;
    private readonly float[] _array;
    private readonly int _offset;

    internal AlignedBuffer(int capacity)
    {
        Capacity = capacity;
        _array = GC.AllocateUninitializedArray<float>(capacity + FloatsPerLine, pinned: true);
        _offset = OffsetToLine(_array);
    }

    internal int Capacity { get; }

    internal Span<float> Slice(int start, int length) => new(_array, _offset + start, length);

    private static unsafe int OffsetToLine(float[] array)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        return (int)((64 - address % 64) % 64 / sizeof(float));
    }
}
