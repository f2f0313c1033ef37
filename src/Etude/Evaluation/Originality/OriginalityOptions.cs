using System.Collections.Immutable;

namespace Etude.Evaluation.Originality;

/// <summary>How originality is measured, and from where on a passage is called a copy.</summary>
public sealed record OriginalityOptions
{
    /// <summary>The defaults below.</summary>
    public static OriginalityOptions Default { get; } = new();

    /// <summary>Lengths, in notes, of the runs whose share found in the corpus is measured. Default 4, 6, 8, 10, 12, 16, 24, 32.</summary>
    public ImmutableArray<int> RunLengths { get; init; } = [4, 6, 8, 10, 12, 16, 24, 32];

    /// <summary>Notes of the exact runs from which resembling passages are found. Default 8.</summary>
    public int SeedNotes { get; init; } = 8;

    /// <summary>Runs that stand in the corpus more often than this say nothing about a source. Default 64.</summary>
    public int CommonestSeed { get; init; } = 64;

    /// <summary>What a note that is not shared costs a resembling passage, in shared notes. Default 2.</summary>
    public double Miss { get; init; } = 2;

    /// <summary>
    /// From how many shared notes on a passage is a copy. Default 80: of 138 human pieces held out of free-piano two reach
    /// it, both songs that quote another song of their own cycle; the median shares 13, nine in ten at most 30.
    /// </summary>
    public int CopiedNotes { get; init; } = 80;

    /// <summary>From which share of its notes on a short piece is a copy, though it shares fewer. Default 0.5.</summary>
    public double CopiedShare { get; init; } = 0.5;

    /// <summary>Passages of fewer shared notes are never copies: they are cadences and scales. Default 16.</summary>
    public int FewestCopiedNotes { get; init; } = 16;
}
