using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Operations;

/// <summary>The exchange of two axes.</summary>
public static class Transposition
{
    /// <summary>x with two axes exchanged, copied.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="first">An axis; negative ones count from the end.</param>
    /// <param name="second">Another axis.</param>
    public static Tensor Transpose(this Tape tape, Tensor x, int first, int second)
    {
        var shape = x.Shape.With(first, x.Shape[second]).With(second, x.Shape[first]);
        var y = tape.Allocate(shape, x.RequiresGradient);
        Move(shape, first, second, x.Data, y.Data, add: false);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.X, operation.Y, operation.First, operation.Second) = (x, y, first, second);
        }

        return y;
    }

    // Walks the destination in order; the source is read at the same coordinates with two of them exchanged.
    private static void Move(Shape shape, int first, int second, ReadOnlySpan<float> source, Span<float> destination, bool add)
    {
        int rank = shape.Rank;
        Span<int> strides = stackalloc int[4];
        strides.Clear();
        Span<int> extents = [1, 1, 1, 1];
        var sourceShape = shape.With(first, shape[second]).With(second, shape[first]);
        int stride = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[4 - rank + axis] = stride;
            stride *= sourceShape[axis];
            extents[4 - rank + axis] = shape[axis];
        }

        int a = 4 - rank + (first < 0 ? first + rank : first), b = 4 - rank + (second < 0 ? second + rank : second);
        (strides[a], strides[b]) = (strides[b], strides[a]);
        int at = 0;
        for (int i = 0; i < extents[0]; i++)
        {
            for (int j = 0; j < extents[1]; j++)
            {
                for (int k = 0; k < extents[2]; k++)
                {
                    int from = i * strides[0] + j * strides[1] + k * strides[2];
                    var row = destination.Slice(at, extents[3]);
                    for (int l = 0; l < row.Length; l++) row[l] = source[from + l * strides[3]] + (add ? row[l] : 0);
                    at += extents[3];
                }
            }
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor X = null!, Y = null!;
        public int First, Second;

        public override void Backward() => Move(X.Shape, First, Second, Y.Gradient, X.Gradient, add: true);
    }
}
