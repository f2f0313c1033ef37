namespace Etude.Corpora.Batches;

/// <summary>How pieces become batches.</summary>
public sealed record BatchOptions
{
    /// <summary>Sequences side by side, 1 or more. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Targets in a sequence, 1 or more. Default 150.</summary>
    public int Steps { get; init; } = 150;

    /// <summary>The order. Default <see cref="BatchOrder.Streams"/>.</summary>
    public BatchOrder Order { get; init; } = BatchOrder.Streams;

    /// <summary>How far one window begins after another, 1 or more. Default null: <see cref="Steps"/>. Used by windows only.</summary>
    public int? Stride { get; init; }

    /// <summary>Chooses the order. Default 1. Not used by <see cref="BatchOrder.InOrder"/>.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Which windows are taken; all where null, the default. Where set, windows are cut at the same places in each epoch. Used by
    /// windows only. A test made of some windows of pieces that others are trained on leaks: this shows by how much.
    /// </summary>
    public Func<Segment, bool>? Include { get; init; }
}
