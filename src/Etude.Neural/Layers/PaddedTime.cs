using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>How a convolution walks over time: taps, stride and zeros around the sequence.</summary>
internal readonly record struct PaddedTime
{
    private readonly int _before, _both;

    internal PaddedTime(int taps, int stride, ConvolutionPadding padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(taps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        (Taps, Stride) = (taps, stride);
        _both = padding == ConvolutionPadding.None ? 0 : taps - 1;
        _before = padding == ConvolutionPadding.Causal ? _both : _both / 2;
    }

    internal int Taps { get; }

    internal int Stride { get; }

    internal int PaddedLength(int time) => time + _both;

    internal int TimeAfter(int time)
    {
        int last = PaddedLength(time) - Taps;
        return last >= 0 ? last / Stride + 1 : throw new ArgumentException($"{time} steps are too few for a convolution over {Taps}.", nameof(time));
    }

    /// <summary>[batch, time, channels] to [batch, padded time, channels].</summary>
    internal void Pad(Tensor x, Span<float> padded)
    {
        int length = x.Shape[1] * x.Shape[2], stride = PaddedLength(x.Shape[1]) * x.Shape[2];
        if (_both > 0) padded.Clear();
        for (int sequence = 0; sequence < x.Shape[0]; sequence++)
            x.Data.Slice(sequence * length, length).CopyTo(padded[(sequence * stride + _before * x.Shape[2])..]);
    }

    /// <summary>Adds the gradient of what <see cref="Pad"/> wrote to that of x.</summary>
    internal void AddGradient(ReadOnlySpan<float> padded, Tensor x)
    {
        int length = x.Shape[1] * x.Shape[2], stride = PaddedLength(x.Shape[1]) * x.Shape[2];
        for (int sequence = 0; sequence < x.Shape[0]; sequence++)
        {
            var destination = x.Gradient.Slice(sequence * length, length);
            Elementwise.Add(destination, padded.Slice(sequence * stride + _before * x.Shape[2], length), destination);
        }
    }
}
