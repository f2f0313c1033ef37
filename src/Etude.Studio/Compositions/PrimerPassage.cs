using System.ComponentModel;

namespace Etude.Studio.Compositions;

/// <summary>A stretch of an uploaded file or of a piece, to continue from.</summary>
internal sealed record PrimerPassage
{
    [Description("The id of a primer or of a composition.")]
    public required string Id { get; init; }

    [Description("Where the passage begins, in seconds.")]
    public double FromSeconds { get; init; }

    [Description("Where it ends, in seconds; absent for the end of the music.")]
    public double? ToSeconds { get; init; }
}
