using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// y = (x - mean) / sqrt(variance + epsilon) * weight + bias for each channel over all rows (Ioffe and Szegedy 2015):
/// with the batch's own statistics while training, with running ones in use.
/// </summary>
/// <remarks>
/// Parameters: <c>weight</c> and <c>bias</c> [channels], which begin at one and zero; saved with them, <c>running_mean</c>
/// and <c>running_var</c> [channels] (the unbiased variance), as PyTorch has them.
/// </remarks>
public sealed class BatchNorm : Module
{
    private readonly float _momentum, _epsilon;

    /// <summary>A layer for rows of <paramref name="channels"/>.</summary>
    /// <param name="channels">Channels of x.</param>
    /// <param name="momentum">The part of a batch's statistics in the running ones.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNorm(int channels, float momentum = 0.1f, float epsilon = 1e-5f)
    {
        (_momentum, _epsilon) = (momentum, epsilon);
        Weight = Register("weight", new Parameter([channels]).Constant(1));
        Bias = Register("bias", new Parameter([channels]));
        RunningMean = Register("running_mean", new Parameter([channels], trainable: false));
        RunningVariance = Register("running_var", new Parameter([channels], trainable: false).Constant(1));
    }

    /// <summary>[channels]</summary>
    public Parameter Weight { get; }

    /// <summary>[channels]</summary>
    public Parameter Bias { get; }

    /// <summary>[channels], not trained but followed.</summary>
    public Parameter RunningMean { get; }

    /// <summary>[channels], not trained but followed.</summary>
    public Parameter RunningVariance { get; }

    /// <summary>The layer's result, of the shape of <paramref name="x"/>; while training, running statistics move.</summary>
    /// <param name="tape">Where the result lives and is recorded, and whether this is training.</param>
    /// <param name="x">[..., channels]; at least two rows while training.</param>
    public Tensor Forward(Tape tape, Tensor x)
    {
        int rows = x.Shape.Rows, channels = x.Shape.Channels;
        if (channels != Weight.Length) throw new ArgumentException($"{x.Shape} came to a layer of {Weight.Length} channels ({Weight.Name}).", nameof(x));
        var y = tape.Allocate(x.Shape, x.RequiresGradient || Weight.RequiresGradient || Bias.RequiresGradient);
        if (!tape.Training)
        {
            Apply(x.Data, y.Data);
            return y;
        }

        if (rows < 2) throw new ArgumentException($"A batch of {rows} rows has no variance to train by ({Weight.Name}).", nameof(x));
        var normal = tape.ScratchBuffer(x.Length);
        var inverse = tape.ScratchBuffer(channels);
        Normalize(tape, rows, channels, x.Data, normal.Slice(0, x.Length), inverse.Slice(0, channels));
        for (int row = 0; row < rows; row++)
        {
            var result = y.Data.Slice(row * channels, channels);
            Bias.Data.CopyTo(result);
            Elementwise.MultiplyAdd(normal.Slice(row * channels, channels), Weight.Data, result);
        }

        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Normal, operation.Inverse) = (this, x, y, normal, inverse);
        }

        return y;
    }

    /// <summary>The layer in use, by running statistics and without a tape: for generation.</summary>
    /// <param name="x">[rows, channels]</param>
    /// <param name="y">[rows, channels]; may be x.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = Weight.Length;
        var buffer = BufferPool.Shared.Rent(channels);
        var scale = buffer.Slice(0, channels);
        for (int channel = 0; channel < channels; channel++)
            scale[channel] = Weight.Data[channel] / MathF.Sqrt(RunningVariance.Data[channel] + _epsilon);
        for (int start = 0; start < x.Length; start += channels)
        {
            var row = y.Slice(start, channels);
            Elementwise.Subtract(x.Slice(start, channels), RunningMean.Data, row);
            Elementwise.Multiply(row, scale, row);
            Elementwise.Add(row, Bias.Data, row);
        }

        BufferPool.Shared.Return(buffer);
    }

    // The mean is taken off before squares are summed: E[x^2] - E[x]^2 would cancel.
    private void Normalize(Tape tape, int rows, int channels, ReadOnlySpan<float> x, Span<float> normal, Span<float> inverse)
    {
        var mean = tape.Scratch(channels);
        Reductions.ColumnSums(rows, channels, x, mean, false);
        Elementwise.Scale(mean, 1f / rows, mean);
        inverse.Clear();
        for (int row = 0; row < rows; row++)
        {
            var centred = normal.Slice(row * channels, channels);
            Elementwise.Subtract(x.Slice(row * channels, channels), mean, centred);
            Elementwise.MultiplyAdd(centred, centred, inverse);
        }

        for (int channel = 0; channel < channels; channel++)
        {
            float squares = inverse[channel];
            RunningMean.Data[channel] += _momentum * (mean[channel] - RunningMean.Data[channel]);
            RunningVariance.Data[channel] += _momentum * (squares / (rows - 1) - RunningVariance.Data[channel]);
            inverse[channel] = 1 / MathF.Sqrt(squares / rows + _epsilon);
        }

        for (int row = 0; row < rows; row++)
        {
            var centred = normal.Slice(row * channels, channels);
            Elementwise.Multiply(centred, inverse, centred);
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public BatchNorm Layer = null!;
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Normal = null!, Inverse = null!;

        // With n the normalized x: dX = weight inverse (dY - mean(dY) - n mean(dY n)).
        public override void Backward()
        {
            int rows = X.Shape.Rows, channels = X.Shape.Channels;
            var dY = Y.Gradient;
            var normal = Normal.Slice(0, X.Length);
            var buffer = BufferPool.Shared.Rent(X.Length);
            var room = buffer.Slice(0, X.Length); // dY n
            Elementwise.Multiply(dY, normal, room);
            var sums = BufferPool.Shared.Rent(2 * channels);
            var dBias = sums.Slice(0, channels);
            var dWeight = sums.Slice(channels, channels);
            Reductions.ColumnSums(rows, channels, dY, dBias, false);
            Reductions.ColumnSums(rows, channels, room, dWeight, false);
            if (Layer.Bias.RequiresGradient) Elementwise.Add(Layer.Bias.Gradient, dBias, Layer.Bias.Gradient);
            if (Layer.Weight.RequiresGradient) Elementwise.Add(Layer.Weight.Gradient, dWeight, Layer.Weight.Gradient);
            if (X.RequiresGradient)
            {
                var scale = Inverse.Slice(0, channels);
                Elementwise.Multiply(scale, Layer.Weight.Data, scale);
                Elementwise.Scale(dBias, 1f / rows, dBias);
                Elementwise.Scale(dWeight, 1f / rows, dWeight);
                for (int row = 0; row < rows; row++)
                {
                    var part = room.Slice(row * channels, channels);
                    Elementwise.Multiply(normal.Slice(row * channels, channels), dWeight, part);
                    Elementwise.Add(part, dBias, part);
                    Elementwise.Subtract(dY.Slice(row * channels, channels), part, part);
                    Elementwise.MultiplyAdd(part, scale, X.Gradient.Slice(row * channels, channels));
                }
            }

            BufferPool.Shared.Return(sums);
            BufferPool.Shared.Return(buffer);
        }
    }
}
