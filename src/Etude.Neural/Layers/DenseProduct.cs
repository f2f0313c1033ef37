using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>Rows times the transpose of a weight [outputs, inputs], and its gradients: what every dense and recurrent layer shares.</summary>
internal static class DenseProduct
{
    // Below this many rows reading the weight once for each row costs less than packing it.
    private const int FewRows = 4;

    /// <summary>y = x weight^T + bias, on the last axis, recorded on the tape.</summary>
    /// <param name="tape">Where the result lives.</param>
    /// <param name="x">[..., inputs]</param>
    /// <param name="weight">[outputs, inputs]</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <returns>[..., outputs]</returns>
    internal static Tensor Forward(Tape tape, Tensor x, Parameter weight, Parameter? bias)
    {
        if (x.Shape.Channels != weight.Shape[1])
            throw new ArgumentException($"{x.Shape.Channels} channels came to a layer that takes {weight.Shape[1]} ({weight.Name}).", nameof(x));
        bool trains = x.RequiresGradient || weight.RequiresGradient || bias is { RequiresGradient: true };
        var y = tape.Allocate(x.Shape.WithChannels(weight.Shape[0]), trains);
        Forward(tape, x.Shape.Rows, x.Data, weight, bias, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Tape, operation.Weight, operation.Bias, operation.X, operation.Y) = (tape, weight, bias, x, y);
        }

        return y;
    }

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
            {
                var from = x.Slice(row * inputs, inputs);
                var to = y.Slice(row * outputs, outputs);
                if (weight is Parameter { Quantized: { } quantized }) quantized.Multiply(from, biasRow, to, accumulate);
                else Gemv.Multiply(outputs, inputs, weight.Data, from, biasRow, to, accumulate);
            }
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

    private sealed class Operation : Autograd.Operation
    {
        public Tape Tape = null!;
        public Parameter Weight = null!;
        public Parameter? Bias;
        public Tensor X = null!, Y = null!;

        public override void Backward()
        {
            int rows = X.Shape.Rows;
            BackwardWeights(rows, X.Data, Y.Gradient, Weight, Bias);
            if (X.RequiresGradient) BackwardInput(Tape, rows, Y.Gradient, Weight, X.Gradient, true);
        }
    }
}
