using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>y = x / sqrt(mean of x^2 + epsilon) * weight, over the channels of each row, or over equal parts of them (Zhang and Sennrich 2019).</summary>
/// <remarks>Parameter: <c>weight</c> [channels], which begins at one.</remarks>
public sealed class RmsNorm : Module
{
    private readonly float _epsilon;

    /// <summary>A layer for rows, or parts of rows, of <paramref name="channels"/>.</summary>
    public RmsNorm(int channels, float epsilon = 1e-6f)
    {
        _epsilon = epsilon;
        Weight = Register("weight", new Parameter([channels]).Constant(1));
    }

    /// <summary>[channels]</summary>
    public Parameter Weight { get; }

    /// <summary>The layer's result, of the shape of <paramref name="x"/>.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[..., channels of a row]</param>
    /// <param name="parts">
    /// How many parts at the start of a row are normalized, each by itself; what follows them stays as it is. Null: a row is one part.
    /// </param>
    public Tensor Forward(Tape tape, Tensor x, int? parts = null)
    {
        int row = x.Shape.Channels, normalized = (parts ?? 1) * Weight.Length;
        if (parts is null ? row != normalized : row < normalized)
            throw new ArgumentException($"{x.Shape} came to a layer of {normalized} channels ({Weight.Name}).", nameof(x));
        var y = tape.Allocate(x.Shape, x.RequiresGradient || Weight.RequiresGradient);
        if (row > normalized) y.CopyFrom(x);
        for (int start = 0; start < x.Length; start += row) Apply(x.Data.Slice(start, normalized), y.Data.Slice(start, normalized));
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Normalized) = (this, x, y, normalized);
        }

        return y;
    }

    /// <summary>The same without a tape: for generation.</summary>
    /// <param name="x">[rows or parts, channels]</param>
    /// <param name="y">[rows or parts, channels]; may be x.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = Weight.Length;
        for (int start = 0; start < x.Length; start += channels)
        {
            var row = x.Slice(start, channels);
            var result = y.Slice(start, channels);
            Elementwise.Scale(row, InverseRoot(row), result);
            Elementwise.Multiply(result, Weight.Data, result);
        }
    }

    private float InverseRoot(ReadOnlySpan<float> row) => (float)(1 / Math.Sqrt(Reductions.SumOfSquares(row) / row.Length + _epsilon));

    private sealed class Operation : Autograd.Operation
    {
        public RmsNorm Layer = null!;
        public Tensor X = null!, Y = null!;
        public int Normalized;

        public override void Backward()
        {
            var weight = Layer.Weight;
            int channels = weight.Length, row = X.Shape.Channels;
            var buffer = BufferPool.Shared.Rent(channels);
            var room = buffer.Slice(0, channels);
            for (int start = 0; start < X.Length; start += row)
            {
                for (int part = start; part < start + Normalized; part += channels)
                {
                    var x = X.Data.Slice(part, channels);
                    var dY = Y.Gradient.Slice(part, channels);
                    float inverse = Layer.InverseRoot(x);
                    if (weight.RequiresGradient)
                    {
                        Elementwise.Multiply(dY, x, room);
                        Elementwise.ScaleAdd(room, inverse, weight.Gradient);
                    }

                    if (!X.RequiresGradient) continue;
                    // dX = r (w dY - x r^2 mean(w dY x)), r the inverse root.
                    var dX = X.Gradient.Slice(part, channels);
                    Elementwise.Multiply(dY, weight.Data, room);
                    float along = (float)(Reductions.Dot(room, x) / channels);
                    Elementwise.ScaleAdd(room, inverse, dX);
                    Elementwise.ScaleAdd(x, -along * inverse * inverse * inverse, dX);
                }

                int left = row - Normalized;
                if (left > 0 && X.RequiresGradient)
                {
                    var dX = X.Gradient.Slice(start + Normalized, left);
                    Elementwise.Add(dX, Y.Gradient.Slice(start + Normalized, left), dX);
                }
            }

            BufferPool.Shared.Return(buffer);
        }
    }
}
