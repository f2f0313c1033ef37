using System.Collections.Immutable;

namespace Etude.Evaluation.Originality;

/// <summary>How originality is measured, and from where on a passage is called a copy.</summary>
public sealed record OriginalityOptions
{
    /// <summary>The defaults below.</summary>
    public static OriginalityOptions Default { get; } = new();

    /// <summary>Lengths, in notes, of the runs whose share found in the corpus is measured. Default 4, 6, 8, 12, 16, 24, 32.</summary>
    public ImmutableArray<int> RunLengths { get; init; } = [4, 6, 8, 12, 16, 24, 32];

    /// <summary>Notes of the exact runs from which resembling passages are found. Default 6.</summary>
    public int SeedNotes { get; init; } = 6;

    /// <summary>Runs that stand in the corpus more often than this say nothing about a source. Default 64.</summary>
    public int CommonestSeed { get; init; } = 64;

    /// <summary>What a note that is not shared costs a resembling passage, in shared notes. Default 2.</summary>
    public double Miss { get; init; } = 2;

    /// <summary>From how many notes on an exact run is a copy.</summary>
    public int CopiedRun { get; init; } = 48;

    /// <summary>From how many shared notes on a resembling passage is a copy.</summary>
    public int CopiedNotes { get; init; } = 64;
}
