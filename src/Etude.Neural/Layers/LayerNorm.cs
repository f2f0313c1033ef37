using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>y = (x - mean) / sqrt(variance + epsilon) * weight + bias, over the channels of each row (Ba, Kiros and Hinton 2016).</summary>
/// <remarks>Parameters: <c>weight</c> and <c>bias</c> [channels], which begin at one and zero.</remarks>
public sealed class LayerNorm : Module
{
    private readonly float _epsilon;

    /// <summary>A layer for rows of <paramref name="channels"/>.</summary>
    public LayerNorm(int channels, float epsilon = 1e-5f)
    {
        _epsilon = epsilon;
        Weight = Register("weight", new Parameter([channels]).Constant(1));
        Bias = Register("bias", new Parameter([channels]));
    }

    /// <summary>[channels]</summary>
    public Parameter Weight { get; }

    /// <summary>[channels]</summary>
    public Parameter Bias { get; }

    /// <summary>The layer's result, of the shape of <paramref name="x"/>.</summary>
    public Tensor Forward(Tape tape, Tensor x)
    {
        int rows = x.Shape.Rows, channels = x.Shape.Channels;
        if (channels != Weight.Length) throw new ArgumentException($"{x.Shape} came to a layer of {Weight.Length} channels ({Weight.Name}).", nameof(x));
        var y = tape.Allocate(x.Shape, x.RequiresGradient || Weight.RequiresGradient || Bias.RequiresGradient);
        var statistics = tape.ScratchBuffer(2 * rows);
        LayerNormRows.Forward(
            rows, channels, x.Data, Weight.Data, Bias.Data, _epsilon, y.Data, statistics.Slice(0, rows), statistics.Slice(rows, rows));
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Statistics) = (this, x, y, statistics);
        }

        return y;
    }

    /// <summary>The same without a tape: for generation.</summary>
    /// <param name="x">[rows, channels]</param>
    /// <param name="y">[rows, channels]; may be x.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int rows = x.Length / Weight.Length;
        var buffer = BufferPool.Shared.Rent(2 * rows);
        LayerNormRows.Forward(rows, Weight.Length, x, Weight.Data, Bias.Data, _epsilon, y, buffer.Slice(0, rows), buffer.Slice(rows, rows));
        BufferPool.Shared.Return(buffer);
    }

    private sealed class Operation : Autograd.Operation
    {
        public LayerNorm Layer = null!;
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Statistics = null!;

        public override void Backward()
        {
            int rows = X.Shape.Rows, channels = X.Shape.Channels;
            // Where x needs no gradient, what the kernel adds to one is thrown away.
            var unwanted = BufferPool.Shared.Rent(X.RequiresGradient ? 0 : X.Length);
            var dX = X.RequiresGradient ? X.Gradient : unwanted.Slice(0, X.Length);
            LayerNormRows.Backward(
                rows, channels, X.Data, Layer.Weight.Data, Statistics.Slice(0, rows), Statistics.Slice(rows, rows), Y.Gradient, dX,
                Layer.Weight.RequiresGradient ? Layer.Weight.Gradient : default, Layer.Bias.RequiresGradient ? Layer.Bias.Gradient : default);
            BufferPool.Shared.Return(unwanted);
        }
    }
}
