using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>The sum of two tensors.</summary>
public static class Addition
{
    /// <summary>left + right.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="left">Any shape.</param>
    /// <param name="right">The same shape, or one row [channels] that is added to every row of <paramref name="left"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Add(this Tape tape, Tensor left, Tensor right)
    {
        bool row = Broadcasting.IsRow(left, right);
        var sum = tape.Allocate(left.Shape, left.RequiresGradient || right.RequiresGradient);
        if (row)
        {
            left.Data.CopyTo(sum.Data);
            Elementwise.AddRow(left.Shape.Rows, right.Data, sum.Data);
        }
        else
        {
            Elementwise.Add(left.Data, right.Data, sum.Data);
        }

        if (sum.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Left, operation.Right, operation.Sum, operation.Row) = (left, right, sum, row);
        }

        return sum;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Left = null!, Right = null!, Sum = null!;
        public bool Row;

        public override void Backward()
        {
            if (Left.RequiresGradient) Elementwise.Add(Left.Gradient, Sum.Gradient, Left.Gradient);
            if (!Right.RequiresGradient) return;
            if (Row) Reductions.ColumnSums(Sum.Shape.Rows, Right.Length, Sum.Gradient, Right.Gradient, true);
            else Elementwise.Add(Right.Gradient, Sum.Gradient, Right.Gradient);
        }
    }
}
