using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>A convolution over time: y[t] = b + sum over taps k of W[:, k, :] x[t stride + k - zeros before].</summary>
/// <remarks>
/// Parameters: <c>weight</c> [outputs, taps, inputs] (PyTorch's with its last two axes exchanged, because a window of a
/// sequence then lies in memory as one row), <c>bias</c> [outputs].
/// </remarks>
public sealed class Conv1d : Module
{
    private readonly PaddedTime _padding;

    /// <summary>Draws the weight by <see cref="Initialization.GlorotUniform"/>; the bias begins at zero.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="taps">Steps that one result sees, at least 1.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="padding">Zeros around a sequence.</param>
    /// <param name="stride">Steps from one result to the next, at least 1.</param>
    public Conv1d(int inputs, int outputs, int taps, RandomSource random, ConvolutionPadding padding = ConvolutionPadding.Centred, int stride = 1)
    {
        _padding = new(taps, stride, padding);
        Inputs = inputs;
        // Drawn as [outputs, taps * inputs], whose fans differ: the limit is that of [outputs, inputs, taps].
        float limit = MathF.Sqrt(6f / ((inputs + outputs) * taps));
        Weight = Register("weight", new Parameter([outputs, taps, inputs]).Uniform(limit, random));
        Bias = Register("bias", new Parameter([outputs]));
    }

    /// <summary>[outputs, taps, inputs]</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs]</summary>
    public Parameter Bias { get; }

    /// <summary>Channels of x.</summary>
    public int Inputs { get; }

    /// <summary>The length of the result for a sequence of <paramref name="time"/> steps.</summary>
    public int TimeAfter(int time) => _padding.TimeAfter(time);

    /// <summary>The layer's result.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, inputs]</param>
    /// <returns>[batch, <see cref="TimeAfter"/>(time), outputs]</returns>
    public Tensor Forward(Tape tape, Tensor x)
    {
        if (x.Shape.Rank != 3 || x.Shape[2] != Inputs)
            throw new ArgumentException($"{x.Shape} came to a layer that takes [batch, time, {Inputs}] ({Weight.Name}).", nameof(x));
        int batch = x.Shape[0], outputs = Weight.Shape[0], stride = _padding.Stride * Inputs;
        int time = TimeAfter(x.Shape[1]), padded = _padding.PaddedLength(x.Shape[1]) * Inputs;
        var y = tape.Allocate([batch, time, outputs], x.RequiresGradient || Weight.RequiresGradient || Bias.RequiresGradient);
        var source = tape.ScratchBuffer(batch * padded);
        _padding.Pad(x, source.Slice(0, batch * padded));
        var packed = tape.Packed(Weight, true); // [taps * inputs, outputs]
        Elementwise.FillRows(y.Shape.Rows, Bias.Data, y.Data);
        // Window t of a sequence is the row that begins t strides into it: rows overlap, and nothing is copied.
        for (int sequence = 0; sequence < batch; sequence++)
        {
            Gemm.Multiply(
                time, source.Slice(sequence * padded, padded), stride, packed, true, y.Data[(sequence * time * outputs)..], outputs);
        }

        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.X, operation.Y, operation.Source) = (this, x, y, source);
        }

        return y;
    }

    private void Backward(Tensor x, Tensor y, AlignedBuffer source)
    {
        int batch = x.Shape[0], outputs = Weight.Shape[0], taps = Weight.Shape[1], window = taps * Inputs, stride = _padding.Stride * Inputs;
        int time = y.Shape[1], padded = _padding.PaddedLength(x.Shape[1]) * Inputs;
        var dY = y.Gradient;
        if (Bias.RequiresGradient) Reductions.ColumnSums(y.Shape.Rows, outputs, dY, Bias.Gradient, true);
        for (int sequence = 0; sequence < batch; sequence++)
        {
            var dRows = dY.Slice(sequence * time * outputs, time * outputs);
            var windows = source.Slice(sequence * padded, padded);
            if (Weight.RequiresGradient)
                Gemm.Multiply(outputs, window, time, dRows, outputs, true, windows, stride, false, true, Weight.Gradient, window);
            if (!x.RequiresGradient) continue;
            // Windows overlap, so their gradients are added tap by tap: rows of one tap do not. The padded copy has served.
            windows.Clear();
            for (int tap = 0; tap < taps; tap++)
            {
                Gemm.Multiply(
                    time, Inputs, outputs, dRows, outputs, false, Weight.Data[(tap * Inputs)..], window, false, true, windows[(tap * Inputs)..], stride);
            }
        }

        if (x.RequiresGradient) _padding.AddGradient(source.Slice(0, batch * padded), x);
    }

    private sealed class Operation : Autograd.Operation
    {
        public Conv1d Layer = null!;
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Source = null!;

        public override void Backward() => Layer.Backward(X, Y, Source);
    }
}
