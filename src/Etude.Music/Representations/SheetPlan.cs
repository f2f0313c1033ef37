using System.Collections.Immutable;

namespace Etude.Music.Representations;

/// <summary>How a score is written as a sheet: what its headings say, whether its end is there, and which bars come late.</summary>
public sealed record SheetPlan
{
    /// <summary>A whole piece without headings and gaps: what likelihoods are compared on.</summary>
    public static SheetPlan Plain { get; } = new();

    /// <summary>The style that headings name, one of the representation's; null leaves it out. Default null.</summary>
    public string? Style { get; init; }

    /// <summary>Whether headings name the key of the bars below them. Default false.</summary>
    public bool Keys { get; init; }

    /// <summary>Whether headings say how dense the bars below them are. Default false.</summary>
    public bool Densities { get; init; }

    /// <summary>Whether the score ends where its last note does, so that the last bars are counted down. Default true.</summary>
    public bool Ends { get; init; } = true;

    /// <summary>The gaps, from first to last; one begins where the one before is filled, or later. Default none.</summary>
    public ImmutableArray<SheetGap> Gaps { get; init; } = [];
}
