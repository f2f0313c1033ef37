using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Operations;

/// <summary>Tensors one after another along an axis.</summary>
public static class Concatenation
{
    /// <summary>Joins tensors along an axis.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="parts">At least one; shapes equal but for the axis.</param>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <exception cref="ArgumentException">There are no parts, or their shapes differ elsewhere.</exception>
    public static Tensor Concatenate(this Tape tape, ReadOnlySpan<Tensor> parts, int axis = -1)
    {
        if (parts.IsEmpty) throw new ArgumentException("There is nothing to concatenate.", nameof(parts));
        var first = parts[0].Shape;
        int extent = 0;
        bool trains = false;
        foreach (var part in parts)
        {
            if (part.Shape.Rank != first.Rank || part.Shape.With(axis, first[axis]) != first)
                throw new ArgumentException($"{part.Shape} cannot follow {first} along axis {axis}.", nameof(parts));
            extent += part.Shape[axis];
            trains |= part.RequiresGradient;
        }

        var whole = tape.Allocate(first.With(axis, extent), trains);
        var target = AxisBlocks.Of(whole.Shape, axis);
        int offset = 0;
        foreach (var part in parts)
        {
            var blocks = AxisBlocks.Of(part.Shape, axis);
            blocks.Move(part.Data, 0, target, whole.Data, offset, blocks.BlockLength, add: false);
            // A part's gradient is a slice of the whole's, whichever other parts there are.
            if (whole.RequiresGradient && part.RequiresGradient) tape.Record<Operation>().Set(part, whole, axis, offset);
            offset += blocks.BlockLength;
        }

        return whole;
    }

    private sealed class Operation : Autograd.Operation
    {
        private Tensor _part = null!, _whole = null!;
        private int _axis, _offset;

        public void Set(Tensor part, Tensor whole, int axis, int offset) => (_part, _whole, _axis, _offset) = (part, whole, axis, offset);

        public override void Backward()
        {
            var blocks = AxisBlocks.Of(_part.Shape, _axis);
            AxisBlocks.Of(_whole.Shape, _axis).Move(_whole.Gradient, _offset, blocks, _part.Gradient, 0, blocks.BlockLength, add: true);
        }
    }
}
