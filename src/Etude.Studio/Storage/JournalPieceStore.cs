using System.Text;
using System.Text.Json;

namespace Etude.Studio.Storage;

/// <summary>
/// Pieces in memory and in a journal of JSON lines: what a machine without a SQLite library uses. Each change is one
/// appended line; the last line of a piece counts; opening rewrites the journal without what was overwritten.
/// </summary>
internal sealed class JournalPieceStore : IPieceStore
{
    private readonly Dictionary<string, Piece> pieces = [];
    private readonly Lock gate = new();
    private readonly FileStream journal;

    public JournalPieceStore(string path)
    {
        if (File.Exists(path)) Replay(path);
        string fresh = path + ".tmp";
        File.WriteAllLines(fresh, pieces.Values.Select(piece => JsonSerializer.Serialize(new Line(piece, null), StudioJson.Options)));
        File.Move(fresh, path, overwrite: true);
        journal = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    public string Description => "a journal of JSON lines (no SQLite library was found)";

    public void Put(Piece piece)
    {
        lock (gate)
        {
            Append(new Line(piece, null));
            pieces[piece.Id] = piece;
        }
    }

    public Piece? Find(string id)
    {
        lock (gate) return pieces.GetValueOrDefault(id);
    }

    public bool Delete(string id)
    {
        lock (gate)
        {
            if (!pieces.Remove(id)) return false;
            Append(new Line(null, id));
            return true;
        }
    }

    public PiecePage Search(PieceQuery query)
    {
        List<Piece> found = Where(piece => piece.Kept && piece.Rating >= query.Rating
            && (query.Model is null || piece.Model == query.Model)
            && (query.Search is null || Holds(piece.Title, query.Search) || Holds(piece.Model, query.Search)));
        found.Reverse();
        return new PiecePage([.. found.Skip(query.Skip).Take(query.Take)], found.Count);
    }

    public IReadOnlyList<Piece> Unfinished() => Where(piece => piece.IsUnfinished);

    public IReadOnlyList<Piece> UnkeptBefore(DateTimeOffset time) => Where(piece => !piece.Kept && piece.Created < time);

    /// <summary>Every piece, oldest first.</summary>
    public IReadOnlyList<Piece> All() => Where(_ => true);

    public void Dispose() => journal.Dispose();

    private static bool Holds(string text, string search) => text.Contains(search, StringComparison.OrdinalIgnoreCase);

    private List<Piece> Where(Func<Piece, bool> holds)
    {
        lock (gate) return [.. pieces.Values.Where(holds).OrderBy(piece => piece.Created)];
    }

    private void Append(Line line)
    {
        journal.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, StudioJson.Options) + "\n"));
        journal.Flush(flushToDisk: true);
    }

    private void Replay(string path)
    {
        foreach (string text in File.ReadLines(path))
        {
            // Only the last line can be torn, by a machine that stopped while it was written: nobody was told of it.
            Line? line = TryRead(text);
            if (line?.Piece is { } piece) pieces[piece.Id] = piece;
            else if (line?.Deleted is { } id) pieces.Remove(id);
        }
    }

    private static Line? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, StudioJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(Piece? Piece, string? Deleted);
}
