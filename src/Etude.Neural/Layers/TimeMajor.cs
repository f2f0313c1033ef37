using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// What recurrent layers share: moving rows between the public layout [batch, time, channels] and [time, batch, channels],
/// in which they work because one step then lies together in memory, and the ends of a sequence.
/// </summary>
internal static class TimeMajor
{
    /// <exception cref="ArgumentException">x is not [batch, time, inputs] with a time of at least 1, or the state not [batch, units].</exception>
    internal static void Check(Tensor x, int inputs, Parameter weight, Tensor? initial, int units)
    {
        if (x.Shape.Rank != 3 || x.Shape[2] != inputs || x.Shape[1] < 1)
            throw new ArgumentException($"{x.Shape} came to a layer that takes [batch, time, {inputs}] ({weight.Name}).", nameof(x));
        Shape state = [x.Shape[0], units];
        if (initial is not null && initial.Shape != state)
            throw new ArgumentException($"The initial state is {initial.Shape}; {state} is needed ({weight.Name}).", nameof(initial));
    }

    /// <summary>[batch, time, channels] to [time, batch, channels].</summary>
    internal static void Pack(int batch, int time, int channels, ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int t = 0; t < time; t++)
                source.Slice((sequence * time + t) * channels, channels).CopyTo(destination[((t * batch + sequence) * channels)..]);
        }
    }

    /// <summary>One step [batch, channels] to its place in [batch, time, channels].</summary>
    internal static void UnpackStep(int batch, int time, int channels, int t, ReadOnlySpan<float> step, Span<float> destination)
    {
        for (int sequence = 0; sequence < batch; sequence++)
            step.Slice(sequence * channels, channels).CopyTo(destination[((sequence * time + t) * channels)..]);
    }

    /// <summary>Adds one step of [batch, time, channels] to [batch, channels].</summary>
    internal static void AddStep(int batch, int time, int channels, int t, ReadOnlySpan<float> source, Span<float> step)
    {
        for (int sequence = 0; sequence < batch; sequence++)
        {
            var row = step.Slice(sequence * channels, channels);
            Elementwise.Add(row, source.Slice((sequence * time + t) * channels, channels), row);
        }
    }

    /// <summary>
    /// Adds the gradient of a recurrent layer's input, d gates times the weight, to that of x. The layer's own copy of the
    /// input has served by then; its room takes the product.
    /// </summary>
    internal static void InputGradient(Tape tape, Tensor x, ReadOnlySpan<float> dGates, Tensor weight, Span<float> room)
    {
        if (!x.RequiresGradient) return;
        int batch = x.Shape[0], time = x.Shape[1], channels = x.Shape[2];
        DenseProduct.BackwardInput(tape, batch * time, dGates, weight, room, false);
        var gradient = x.Gradient;
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int t = 0; t < time; t++)
            {
                var row = gradient.Slice((sequence * time + t) * channels, channels);
                Elementwise.Add(row, room.Slice((t * batch + sequence) * channels, channels), row);
            }
        }
    }

    /// <summary>The state before the first step: the given one, or zeros.</summary>
    internal static void Begin(Tensor? initial, Span<float> destination)
    {
        if (initial is null) destination.Clear();
        else initial.Data.CopyTo(destination);
    }

    /// <summary>The gradient after the last step: that of the final state where it was used, or zeros.</summary>
    internal static void BeginGradient(Tensor final, Span<float> destination)
    {
        if (final.HasGradient) final.Gradient.CopyTo(destination);
        else destination.Clear();
    }
}
