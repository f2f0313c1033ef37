using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>The difference of two tensors.</summary>
public static class Subtraction
{
    /// <summary>left - right, elementwise.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Subtract(this Tape tape, Tensor left, Tensor right)
    {
        if (left.Shape != right.Shape) throw new ArgumentException($"{right.Shape} does not fit {left.Shape}.", nameof(right));
        var difference = tape.Allocate(left.Shape, left.RequiresGradient || right.RequiresGradient);
        Elementwise.Subtract(left.Data, right.Data, difference.Data);
        if (difference.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Left, operation.Right, operation.Difference) = (left, right, difference);
        }

        return difference;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Left = null!, Right = null!, Difference = null!;

        public override void Backward()
        {
            if (Left.RequiresGradient) Elementwise.Add(Left.Gradient, Difference.Gradient, Left.Gradient);
            if (Right.RequiresGradient) Elementwise.Subtract(Right.Gradient, Difference.Gradient, Right.Gradient);
        }
    }
}
