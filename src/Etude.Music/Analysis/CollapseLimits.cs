namespace Etude.Music.Analysis;

/// <summary>The largest shares that a healthy piece may show; see <see cref="Collapse"/>.</summary>
public sealed record CollapseLimits
{
    /// <summary>The defaults below.</summary>
    public static CollapseLimits Default { get; } = new();

    /// <summary>Largest share of one (pitch, duration) pair.</summary>
    public double CommonestNoteShare { get; init; } = 0.4;

    /// <summary>Largest share of one pitch.</summary>
    public double CommonestPitchShare { get; init; } = 0.4;

    /// <summary>Largest share of notes within one loop of a short pattern.</summary>
    public double LoopShare { get; init; } = 0.5;

    /// <summary>Largest share of silence.</summary>
    public double SilenceShare { get; init; } = 0.5;
}
