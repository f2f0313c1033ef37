using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>Rows times the transpose of a weight [outputs, inputs], and its gradients: what every dense and recurrent layer shares.</summary>
internal static class DenseProduct
{
    // Below this many rows reading the weight once for each row costs less than packing it.
    private const int FewRows = 4;

    /// <summary>y = x weight^T + bias, or y += x weight^T where <paramref name="bias"/> is null and <paramref name="accumulate"/>.</summary>
    /// <param name="tape">Keeps the packed weight for further products; without one it is packed for this product alone.</param>
    /// <param name="rows">Rows of x and y.</param>
    /// <param name="x">[rows, inputs]</param>
    /// <param name="weight">[outputs, inputs]</param>
    /// <param name="bias">[outputs]</param>
    /// <param name="y">[rows, outputs]</param>
    /// <param name="accumulate">Whether y is added to.</param>
    internal static void Forward(
        Tape? tape, int rows, ReadOnlySpan<float> x, Tensor weight, Tensor? bias, Span<float> y, bool accumulate = false)
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        var biasRow = bias is null ? default : bias.Data;
        if (rows <= FewRows)
        {
            for (int row = 0; row < rows; row++)
                Gemv.Multiply(outputs, inputs, weight.Data, x.Slice(row * inputs, inputs), biasRow, y.Slice(row * outputs, outputs), accumulate);
            return;
        }

        if (tape is not null) Gemm.Multiply(rows, x, inputs, tape.Packed(weight, true), accumulate, y, outputs, biasRow);
        else Gemm.Multiply(rows, outputs, inputs, x, inputs, false, weight.Data, inputs, true, accumulate, y, outputs, biasRow);
    }

    /// <summary>Adds to the gradients of weight and bias, as far as they are trained.</summary>
    internal static void BackwardWeights(int rows, ReadOnlySpan<float> x, ReadOnlySpan<float> dY, Tensor weight, Tensor? bias)
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        if (weight.RequiresGradient)
            Gemm.Multiply(outputs, inputs, rows, dY, outputs, true, x, inputs, false, true, weight.Gradient, inputs);
        if (bias is { RequiresGradient: true }) Reductions.ColumnSums(rows, outputs, dY, bias.Gradient, true);
    }

    /// <summary>dX = dY weight, or dX += dY weight.</summary>
    internal static void BackwardInput(Tape tape, int rows, ReadOnlySpan<float> dY, Tensor weight, Span<float> dX, bool accumulate) =>
        Gemm.Multiply(rows, dY, weight.Shape[0], tape.Packed(weight, false), accumulate, dX, weight.Shape[1]);
}
