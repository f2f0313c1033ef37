using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>
/// The keys and values of the steps so far, so that a step of generation costs one look back and not the whole sequence
/// again. When it is full the oldest step gives way: attention then looks at the last <see cref="Capacity"/> steps.
/// </summary>
public sealed class AttentionCache
{
    internal AttentionCache(int batch, int heads, int capacity, int headChannels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Keys = new Tensor([batch, heads, capacity, headChannels]);
        Values = new Tensor([batch, heads, capacity, headChannels]);
    }

    /// <summary>Sequences that go on together.</summary>
    public int Batch => Keys.Shape[0];

    /// <summary>The most steps that are remembered.</summary>
    public int Capacity => Keys.Shape[2];

    /// <summary>How many steps were taken; the position of the next one.</summary>
    public long Position { get; private set; }

    /// <summary>How many steps are remembered.</summary>
    public int Count => (int)Math.Min(Position, Capacity);

    /// <summary>[batch, heads, capacity, channels of a head], turned by their positions.</summary>
    internal Tensor Keys { get; }

    /// <summary>[batch, heads, capacity, channels of a head]</summary>
    internal Tensor Values { get; }

    /// <summary>Forgets all steps.</summary>
    public void Clear() => Position = 0;

    /// <summary>Takes up where another one of the same sizes is.</summary>
    public void CopyFrom(AttentionCache source)
    {
        Keys.CopyFrom(source.Keys);
        Values.CopyFrom(source.Values);
        Position = source.Position;
    }

    /// <summary>Makes room for one step; gives its place.</summary>
    internal int Advance() => (int)(Position++ % Capacity);
}
