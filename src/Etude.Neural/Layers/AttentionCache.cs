using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>
/// What a <see cref="CausalAttention"/> remembers of the steps so far: keys and values, so that going on costs one look back
/// and not the whole sequence again. Each sequence has a place of its own; when its memory is full the oldest step gives way.
/// Zeros are an empty memory.
/// </summary>
/// <param name="Keys">[batch, heads, capacity, channels of a head], turned by their positions; the step at position p lies at p modulo capacity.</param>
/// <param name="Values">[batch, heads, capacity, channels of a head], in the same order.</param>
/// <param name="Positions">[batch]: how many steps each sequence has taken; the position of its next one.</param>
/// <param name="Recent">[batch, mixed steps - 1, 3 channels]: the last projections before they are mixed; null where they are not.</param>
public readonly record struct AttentionCache(Tensor Keys, Tensor Values, Tensor Positions, Tensor? Recent = null)
{
    /// <summary>Sequences that go on together.</summary>
    public int Batch => Keys.Shape[0];

    /// <summary>The most steps that are remembered, and that one step looks at, itself among them.</summary>
    public int Capacity => Keys.Shape[2];

    /// <summary>All parts, in the order in which <see cref="Of"/> takes them.</summary>
    public Tensor[] Parts => Recent is null ? [Keys, Values, Positions] : [Keys, Values, Positions, Recent];

    /// <summary>A cache over what <see cref="Parts"/> gave.</summary>
    public static AttentionCache Of(ReadOnlySpan<Tensor> parts) => new(parts[0], parts[1], parts[2], parts.Length > 3 ? parts[3] : null);

    /// <summary>A copy that lives on a tape.</summary>
    internal AttentionCache CopyOn(Tape tape)
    {
        return new(Copy(Keys), Copy(Values), Copy(Positions), Recent is null ? null : Copy(Recent));

        Tensor Copy(Tensor part)
        {
            Tensor copy = tape.Allocate(part.Shape);
            copy.CopyFrom(part);
            return copy;
        }
    }

    /// <summary>The position of a sequence's next step.</summary>
    public int Position(int sequence) => (int)Positions.Data[sequence];

    /// <summary>How many steps of a sequence are remembered.</summary>
    public int Count(int sequence) => Math.Min(Position(sequence), Capacity);

    /// <summary>Forgets all steps.</summary>
    public void Clear()
    {
        foreach (Tensor part in Parts) part.Data.Clear();
    }

    /// <summary>Takes up where another one of the same sizes is.</summary>
    public void CopyFrom(AttentionCache source)
    {
        Keys.CopyFrom(source.Keys);
        Values.CopyFrom(source.Values);
        Positions.CopyFrom(source.Positions);
        Recent?.CopyFrom(source.Recent!);
    }

    /// <summary>The remembered keys or values of one head of one sequence, oldest first.</summary>
    /// <param name="rows"><see cref="Keys"/> or <see cref="Values"/>.</param>
    /// <param name="sequence">Which sequence.</param>
    /// <param name="head">Which head.</param>
    /// <param name="ordered">[count, channels of a head]</param>
    internal void Unroll(Tensor rows, int sequence, int head, Span<float> ordered)
    {
        int width = rows.Shape[3], count = Count(sequence), oldest = (Position(sequence) - count) % Capacity;
        var ring = Ring(rows, sequence, head);
        int whole = Math.Min(count, Capacity - oldest) * width;
        ring.Slice(oldest * width, whole).CopyTo(ordered);
        ring[..(count * width - whole)].CopyTo(ordered[whole..]);
    }

    /// <summary>All places of one head of one sequence, [capacity, channels of a head].</summary>
    internal Span<float> Ring(Tensor rows, int sequence, int head)
    {
        int length = Capacity * rows.Shape[3];
        return rows.Data.Slice((sequence * rows.Shape[1] + head) * length, length);
    }
}
