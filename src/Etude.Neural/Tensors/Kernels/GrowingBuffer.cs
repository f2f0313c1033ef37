using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Floats that start at a cache line and never move; grows when asked for more and is then kept.</summary>
internal sealed unsafe class GrowingBuffer
{
    private const int CacheLine = 64;

    private float[] array = [];
    private float* start;

    /// <summary>At least <paramref name="length"/> floats, of undefined values; what was there is lost when it grows.</summary>
    public float* Reserve(int length)
    {
        if (array.Length < length + CacheLine / sizeof(float))
        {
            array = GC.AllocateUninitializedArray<float>(length + CacheLine / sizeof(float), pinned: true);
            nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
            start = (float*)((address + CacheLine - 1) & ~(nint)(CacheLine - 1));
        }
        return start;
    }
}
