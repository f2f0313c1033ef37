using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>A tensor seen from one axis: <paramref name="Count"/> blocks, each of which runs over the axis and all that follow it.</summary>
internal readonly record struct AxisBlocks(int Count, int BlockLength)
{
    /// <summary>The blocks of a shape for an axis, which may count from the end.</summary>
    internal static AxisBlocks Of(Shape shape, int axis)
    {
        int count = 1;
        for (int before = 0; before < (axis < 0 ? axis + shape.Rank : axis); before++) count *= shape[before];
        return new(count, count == 0 ? 0 : shape.Length / count);
    }

    /// <summary>Copies (or adds) from each block of this, at an offset, to each block of another, at another.</summary>
    internal void Move(
        ReadOnlySpan<float> source, int offset, AxisBlocks target, Span<float> destination, int targetOffset, int length, bool add)
    {
        for (int block = 0; block < Count; block++)
        {
            var from = source.Slice(block * BlockLength + offset, length);
            var to = destination.Slice(block * target.BlockLength + targetOffset, length);
            if (add) Elementwise.Add(to, from, to);
            else from.CopyTo(to);
        }
    }
}
