using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// Moves rows between the public layout [batch, time, channels] and [time, batch, channels], in which recurrent layers
/// work because one step then lies together in memory.
/// </summary>
internal static class TimeMajor
{
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

    /// <summary>Adds [time, batch, channels] to [batch, time, channels].</summary>
    internal static void UnpackAdd(int batch, int time, int channels, ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int t = 0; t < time; t++)
            {
                var row = destination.Slice((sequence * time + t) * channels, channels);
                Elementwise.Add(row, source.Slice((t * batch + sequence) * channels, channels), row);
            }
        }
    }
}
