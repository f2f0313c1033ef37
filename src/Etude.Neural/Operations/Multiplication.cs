using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>The elementwise product of two tensors.</summary>
public static class Multiplication
{
    /// <summary>left * right, elementwise.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Multiply(this Tape tape, Tensor left, Tensor right)
    {
        if (left.Shape != right.Shape) throw new ArgumentException($"{right.Shape} does not fit {left.Shape}.", nameof(right));
        var product = tape.Allocate(left.Shape, left.RequiresGradient || right.RequiresGradient);
        Elementwise.Multiply(left.Data, right.Data, product.Data);
        if (product.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Left, operation.Right, operation.Product) = (left, right, product);
        }

        return product;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Left = null!, Right = null!, Product = null!;

        public override void Backward()
        {
            if (Left.RequiresGradient) Elementwise.MultiplyAdd(Product.Gradient, Right.Data, Left.Gradient);
            if (Right.RequiresGradient) Elementwise.MultiplyAdd(Product.Gradient, Left.Data, Right.Gradient);
        }
    }
}
