using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>The product of matrices.</summary>
public static class MatrixProduct
{
    /// <summary>left right, or left right^T.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="left">[..., rows, inner]</param>
    /// <param name="right">
    /// [inner, columns] for all, or [..., inner, columns] with the leading axes of <paramref name="left"/>; the last two
    /// axes the other way round where <paramref name="transposeRight"/>.
    /// </param>
    /// <param name="transposeRight">Whether the right side is transposed.</param>
    /// <returns>[..., rows, columns]</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor MatMul(this Tape tape, Tensor left, Tensor right, bool transposeRight = false)
    {
        if (left.Shape.Rank < 2 || right.Shape.Rank < 2)
            throw new ArgumentException($"{left.Shape} by {right.Shape}: a matrix has two axes.", nameof(left));
        int inner = left.Shape.Channels;
        int columns = right.Shape[transposeRight ? -2 : -1];
        bool shared = right.Shape.Rank == 2;
        bool fits = right.Shape[transposeRight ? -1 : -2] == inner
            && (shared || right.Shape == left.Shape.With(-2, right.Shape[-2]).With(-1, right.Shape[-1]));
        if (!fits) throw new ArgumentException($"{left.Shape} cannot be multiplied by {right.Shape}{(transposeRight ? " transposed" : "")}.", nameof(right));

        var product = tape.Allocate(left.Shape.WithChannels(columns), left.RequiresGradient || right.RequiresGradient);
        // One right side for all: the left is one tall matrix.
        int rows = shared ? left.Shape.Rows : left.Shape[-2];
        var sizes = new Sizes(rows == 0 ? 0 : left.Shape.Rows / rows, rows, columns, inner, transposeRight);
        sizes.Forward(left.Data, right.Data, product.Data);
        if (product.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Left, operation.Right, operation.Product, operation.Sizes) = (left, right, product, sizes);
        }

        return product;
    }

    private readonly record struct Sizes(int Count, int Rows, int Columns, int Inner, bool Transposed)
    {
        private int RightStride => Transposed ? Inner : Columns;

        public void Forward(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product)
        {
            for (int i = 0; i < Count; i++)
            {
                Gemm.Multiply(
                    Rows, Columns, Inner, left[(i * Rows * Inner)..], Inner, false, right[(i * Inner * Columns)..], RightStride, Transposed,
                    false, product[(i * Rows * Columns)..], Columns);
            }
        }

        public void BackwardLeft(ReadOnlySpan<float> dProduct, ReadOnlySpan<float> right, Span<float> dLeft)
        {
            for (int i = 0; i < Count; i++)
            {
                Gemm.Multiply(
                    Rows, Inner, Columns, dProduct[(i * Rows * Columns)..], Columns, false, right[(i * Inner * Columns)..], RightStride, !Transposed,
                    true, dLeft[(i * Rows * Inner)..], Inner);
            }
        }

        public void BackwardRight(ReadOnlySpan<float> dProduct, ReadOnlySpan<float> left, Span<float> dRight)
        {
            for (int i = 0; i < Count; i++)
            {
                var dP = dProduct[(i * Rows * Columns)..];
                var l = left[(i * Rows * Inner)..];
                var dR = dRight[(i * Inner * Columns)..];
                if (Transposed) Gemm.Multiply(Columns, Inner, Rows, dP, Columns, true, l, Inner, false, true, dR, Inner);
                else Gemm.Multiply(Inner, Columns, Rows, l, Inner, true, dP, Columns, false, true, dR, Columns);
            }
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Left = null!, Right = null!, Product = null!;
        public Sizes Sizes;

        public override void Backward()
        {
            if (Left.RequiresGradient) Sizes.BackwardLeft(Product.Gradient, Right.Data, Left.Gradient);
            if (Right.RequiresGradient) Sizes.BackwardRight(Product.Gradient, Left.Data, Right.Gradient);
        }
    }
}
