namespace Etude.Studio.Storage;

/// <summary>A stretch of the library.</summary>
/// <param name="Pieces">The pieces, newest first.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record PiecePage(IReadOnlyList<Piece> Pieces, int Total);
