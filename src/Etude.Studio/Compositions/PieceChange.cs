using System.ComponentModel;

namespace Etude.Studio.Compositions;

/// <summary>What its owner changes about a piece; what is absent stays.</summary>
internal sealed record PieceChange
{
    [Description("Whether it stays in the library.")]
    public bool? Kept { get; init; }

    [Description("1 to 5 stars, 0 to take the rating back.")]
    public int? Rating { get; init; }

    [Description("A new title, up to 120 characters.")]
    public string? Title { get; init; }
}
