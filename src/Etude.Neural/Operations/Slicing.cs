using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Operations;

/// <summary>A part of a tensor along an axis.</summary>
public static class Slicing
{
    /// <summary>Elements <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1 along an axis, copied.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">The axis; negative ones count from the end. Along the first, <see cref="Tape.SliceFirst"/> copies nothing.</param>
    /// <param name="start">The first element.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the axis.</exception>
    public static Tensor Slice(this Tape tape, Tensor x, int axis, int start, int count)
    {
        if (start < 0 || count < 0 || start > x.Shape[axis] - count)
            throw new ArgumentOutOfRangeException(nameof(start), $"{start} to {start + count} is outside axis {axis} of {x.Shape}.");
        var part = tape.Allocate(x.Shape.With(axis, count), x.RequiresGradient);
        var blocks = AxisBlocks.Of(part.Shape, axis);
        var whole = AxisBlocks.Of(x.Shape, axis);
        int offset = x.Shape[axis] == 0 ? 0 : whole.BlockLength / x.Shape[axis] * start;
        whole.Move(x.Data, offset, blocks, part.Data, 0, blocks.BlockLength, add: false);
        if (part.RequiresGradient) tape.Record<Operation>().Set(x, part, axis, offset);
        return part;
    }

    private sealed class Operation : Autograd.Operation
    {
        private Tensor _x = null!, _part = null!;
        private int _axis, _offset;

        public void Set(Tensor x, Tensor part, int axis, int offset) => (_x, _part, _axis, _offset) = (x, part, axis, offset);

        public override void Backward()
        {
            var blocks = AxisBlocks.Of(_part.Shape, _axis);
            blocks.Move(_part.Gradient, 0, AxisBlocks.Of(_x.Shape, _axis), _x.Gradient, _offset, blocks.BlockLength, add: true);
        }
    }
}
