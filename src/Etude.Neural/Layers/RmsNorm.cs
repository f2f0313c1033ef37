using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>y = x / sqrt(mean of x^2 + epsilon) * weight, over the channels of each row (Zhang and Sennrich 2019).</summary>
/// <remarks>Parameter: <c>weight</c> [channels], which begins at one.</remarks>
public sealed class RmsNorm : Module
{
    private readonly float _epsilon;

    /// <summary>A layer for rows of <paramref name="channels"/>.</summary>
    public RmsNorm(int channels, float epsilon = 1e-6f)
    {
        _epsilon = epsilon;
        Weight = Register("weight", new Parameter([channels]).Constant(1));
    }

    /// <summary>[channels]</summary>
    public Parameter Weight { get; }

    /// <summary>The layer's result, of the shape of <paramref name="x"/>.</summary>
    public Tensor Forward(Tape tape, Tensor x)
    {
        if (x.Shape.Channels != Weight.Length)
            throw new ArgumentException($"{x.Shape} came to a layer of {Weight.Length} channels ({Weight.Name}).", nameof(x));
        var y = tape.Allocate(x.Shape, x.RequiresGradient || Weight.RequiresGradient);
        Apply(x.Data, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y) = (this, x, y);
        }

        return y;
    }

    /// <summary>The same without a tape: for generation.</summary>
    /// <param name="x">[rows, channels]</param>
    /// <param name="y">[rows, channels]; may be x.</param>
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

        public override void Backward()
        {
            var weight = Layer.Weight;
            int channels = weight.Length;
            var buffer = BufferPool.Shared.Rent(channels);
            var room = buffer.Slice(0, channels);
            for (int start = 0; start < X.Length; start += channels)
            {
                var x = X.Data.Slice(start, channels);
                var dY = Y.Gradient.Slice(start, channels);
                float inverse = Layer.InverseRoot(x);
                if (weight.RequiresGradient)
                {
                    Elementwise.Multiply(dY, x, room);
                    Elementwise.ScaleAdd(room, inverse, weight.Gradient);
                }

                if (!X.RequiresGradient) continue;
                // dX = r (w dY - x r^2 mean(w dY x)), r the inverse root.
                var dX = X.Gradient.Slice(start, channels);
                Elementwise.Multiply(dY, weight.Data, room);
                float along = (float)(Reductions.Dot(room, x) / channels);
                Elementwise.ScaleAdd(room, inverse, dX);
                Elementwise.ScaleAdd(x, -along * inverse * inverse * inverse, dX);
            }

            BufferPool.Shared.Return(buffer);
        }
    }
}
