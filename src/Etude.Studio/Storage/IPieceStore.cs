namespace Etude.Studio.Storage;

/// <summary>
/// Where pieces are remembered over a restart. What <see cref="Put"/> has returned from is on the disk. Safe for
/// many threads at once.
/// </summary>
internal interface IPieceStore : IDisposable
{
    /// <summary>What keeps the pieces, for the start-up line: "SQLite 3.40.1" or "a journal of JSON lines".</summary>
    string Description { get; }

    /// <summary>Adds the piece, or replaces the one of the same id.</summary>
    void Put(Piece piece);

    Piece? Find(string id);

    /// <summary>Forgets a piece; false where there was none.</summary>
    bool Delete(string id);

    /// <summary>Kept pieces, newest first.</summary>
    PiecePage Search(PieceQuery query);

    /// <summary>Pieces waiting or under way when the studio last stopped, oldest first.</summary>
    IReadOnlyList<Piece> Unfinished();

    /// <summary>Pieces that nobody kept, made before a time.</summary>
    IReadOnlyList<Piece> UnkeptBefore(DateTimeOffset time);
}
