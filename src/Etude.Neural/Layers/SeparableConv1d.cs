using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// A convolution over time in two parts: each channel by itself over the taps, then a <see cref="Linear"/> across channels
/// (Chollet 2017); far fewer weights than <see cref="Conv1d"/>.
/// </summary>
/// <remarks>Parameters: <c>depthwise</c> [taps, inputs], <c>pointwise.weight</c> [outputs, inputs], <c>pointwise.bias</c> [outputs].</remarks>
public sealed class SeparableConv1d : Module
{
    private readonly PaddedTime _padding;

    /// <summary>Draws the depthwise weight uniformly in +-sqrt(3 / taps), which keeps the variance; the rest as <see cref="Linear"/>.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="taps">Steps that one result sees, at least 1.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="padding">Zeros around a sequence.</param>
    /// <param name="stride">Steps from one result to the next, at least 1.</param>
    public SeparableConv1d(
        int inputs, int outputs, int taps, RandomSource random, ConvolutionPadding padding = ConvolutionPadding.Centred, int stride = 1)
    {
        _padding = new(taps, stride, padding);
        Depthwise = Register("depthwise", new Parameter([taps, inputs]).Uniform(MathF.Sqrt(3f / taps), random));
        Pointwise = Register("pointwise", new Linear(inputs, outputs, random));
    }

    /// <summary>[taps, inputs]</summary>
    public Parameter Depthwise { get; }

    /// <summary>The part across channels.</summary>
    public Linear Pointwise { get; }

    /// <summary>The length of the result for a sequence of <paramref name="time"/> steps.</summary>
    public int TimeAfter(int time) => _padding.TimeAfter(time);

    /// <summary>The layer's result.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <returns>[batch, <see cref="TimeAfter"/>(time), outputs]</returns>
    public Tensor Forward(Tape tape, Tensor x)
    {
        int channels = Depthwise.Shape[1];
        if (x.Shape.Rank != 3 || x.Shape[2] != channels)
            throw new ArgumentException($"{x.Shape} came to a layer that takes [batch, time, {channels}] ({Depthwise.Name}).", nameof(x));
        int batch = x.Shape[0], time = TimeAfter(x.Shape[1]), padded = _padding.PaddedLength(x.Shape[1]);
        var y = tape.Allocate([batch, time, channels], x.RequiresGradient || Depthwise.RequiresGradient);
        var source = tape.ScratchBuffer(batch * padded * channels);
        _padding.Pad(x, source.Slice(0, batch * padded * channels));
        y.Data.Clear();
        var walk = new Walk(batch, time, padded, channels, _padding);
        walk.MultiplyAdd(source.Slice(0, batch * padded * channels), Depthwise.Data, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Source, operation.Walk) = (this, x, y, source, walk);
        }

        return Pointwise.Forward(tape, y);
    }

    /// <summary>Goes over every result and every tap that it sees.</summary>
    private readonly record struct Walk(int Batch, int Time, int Padded, int Channels, PaddedTime Padding)
    {
        /// <summary>y += source * weight</summary>
        public void MultiplyAdd(ReadOnlySpan<float> source, ReadOnlySpan<float> weight, Span<float> y)
        {
            for (int row = 0; row < Batch * Time; row++)
            {
                var result = y.Slice(row * Channels, Channels);
                for (int tap = 0; tap < Padding.Taps; tap++)
                    Elementwise.MultiplyAdd(source.Slice(SourceOf(row, tap), Channels), weight.Slice(tap * Channels, Channels), result);
            }
        }

        /// <summary>dWeight += dY * source</summary>
        public void WeightGradient(ReadOnlySpan<float> source, ReadOnlySpan<float> dY, Span<float> dWeight)
        {
            for (int row = 0; row < Batch * Time; row++)
            {
                var upstream = dY.Slice(row * Channels, Channels);
                for (int tap = 0; tap < Padding.Taps; tap++)
                    Elementwise.MultiplyAdd(source.Slice(SourceOf(row, tap), Channels), upstream, dWeight.Slice(tap * Channels, Channels));
            }
        }

        /// <summary>dSource += dY * weight</summary>
        public void SourceGradient(ReadOnlySpan<float> dY, ReadOnlySpan<float> weight, Span<float> dSource)
        {
            for (int row = 0; row < Batch * Time; row++)
            {
                var upstream = dY.Slice(row * Channels, Channels);
                for (int tap = 0; tap < Padding.Taps; tap++)
                    Elementwise.MultiplyAdd(upstream, weight.Slice(tap * Channels, Channels), dSource.Slice(SourceOf(row, tap), Channels));
            }
        }

        private int SourceOf(int row, int tap) => (row / Time * Padded + row % Time * Padding.Stride + tap) * Channels;
    }

    private sealed class Operation : Autograd.Operation
    {
        public SeparableConv1d Layer = null!;
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Source = null!;
        public Walk Walk;

        public override void Backward()
        {
            var source = Source.Slice(0, Walk.Batch * Walk.Padded * Walk.Channels);
            if (Layer.Depthwise.RequiresGradient) Walk.WeightGradient(source, Y.Gradient, Layer.Depthwise.Gradient);
            if (!X.RequiresGradient) return;
            source.Clear(); // the padded copy has served; its room takes the gradient
            Walk.SourceGradient(Y.Gradient, Layer.Depthwise.Data, source);
            Layer._padding.AddGradient(source, X);
        }
    }
}
