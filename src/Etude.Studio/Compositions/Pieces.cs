using Etude.Music.Notation;
using Etude.Studio.Hosting;
using Etude.Studio.Storage;

namespace Etude.Studio.Compositions;

/// <summary>What can be done with a piece by its id, finished or not.</summary>
internal sealed class Pieces(IPieceStore store, PieceFiles files, CompositionQueue queue)
{
    /// <exception cref="StudioFault">There is no such piece.</exception>
    public Piece Find(string id) =>
        queue.TryFind(id, out LiveComposition? live) ? live.Piece
        : store.Find(id) ?? throw StudioFault.NotFound("There is no such piece; it may have been deleted.");

    public WireScore Score(string id)
    {
        Piece piece = Find(id);
        return WireScore.From(files.Read(piece), piece.ComposedFromSeconds, piece.ComposedToSeconds);
    }

    public string FileOf(string id) => files.PathOf(Find(id));

    /// <summary>The sheet music of a piece.</summary>
    public string SheetOf(string id)
    {
        Piece piece = Find(id);
        return MusicXml.Write(files.Read(piece), new MusicXmlOptions { Title = piece.Title });
    }

    /// <summary>A name for downloads: the title and the seed.</summary>
    public string NameOf(string id)
    {
        Piece piece = Find(id);
        string title = string.Concat(piece.Title.Replace('♯', '#').Replace('♭', 'b').Split(Path.GetInvalidFileNameChars()));
        return FormattableString.Invariant($"{title} (seed {piece.Request.Seed})");
    }

    public Piece Change(string id, PieceChange change)
    {
        Piece piece = Find(id);
        if (change.Rating is < 0 or > 5) throw StudioFault.Invalid("The rating must be 0 to 5.");
        if (change.Title is { } title && (title.Trim().Length is 0 or > 120 || title.Any(char.IsControl))) throw StudioFault.Invalid("The title must be 1 to 120 characters.");
        piece = piece with { Kept = change.Kept ?? piece.Kept, Rating = change.Rating ?? piece.Rating, Title = change.Title?.Trim() ?? piece.Title };
        store.Put(piece);
        return piece;
    }

    public void Delete(string id)
    {
        Piece piece = Find(id);
        store.Delete(id);
        if (queue.TryFind(id, out LiveComposition? live)) live.Cancel();
        files.Delete(piece);
    }
}
