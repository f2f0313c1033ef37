using System.Collections.Immutable;

namespace Etude.Music.Representations;

/// <summary>A style that a composer can be asked for, and the pieces it is learned from.</summary>
/// <param name="Name">One lower-case word, such as "bach" or "ragtime".</param>
/// <param name="Pieces">Patterns of the pieces' names with <c>*</c> and <c>?</c>, as in the selection of a corpus.</param>
public sealed record SheetStyle(string Name, ImmutableArray<string> Pieces)
{
    /// <inheritdoc/>
    public bool Equals(SheetStyle? other) => other is not null && Name == other.Name && Pieces.SequenceEqual(other.Pieces);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Pieces.Length);
}
