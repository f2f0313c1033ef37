using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Etude.Studio.Storage;

/// <summary>
/// Pieces in one SQLite file: each a JSON document, with the columns that are searched beside it. One connection
/// under a lock: a write is one row, and the disk is the limit before the lock is.
/// </summary>
internal sealed class SqlitePieceStore : IPieceStore
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS pieces (
            id TEXT PRIMARY KEY,
            created TEXT NOT NULL,
            state TEXT NOT NULL,
            kept INTEGER NOT NULL,
            rating INTEGER NOT NULL,
            title TEXT NOT NULL,
            model TEXT NOT NULL,
            json TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS pieces_kept ON pieces (kept, created);
        CREATE INDEX IF NOT EXISTS pieces_state ON pieces (state, created);
        """;

    private const string Chosen = """
        FROM pieces WHERE kept = 1 AND rating >= $rating AND ($model IS NULL OR model = $model)
        AND ($search IS NULL OR title LIKE $search ESCAPE '\' OR model LIKE $search ESCAPE '\')
        """;

    private readonly SqliteConnection connection;
    private readonly Lock gate = new();

    /// <exception cref="InvalidOperationException">This machine has no SQLite library.</exception>
    /// <exception cref="SqliteException">The file is not a database, or cannot be written.</exception>
    public SqlitePieceStore(string path)
    {
        if (!SystemSqlite.IsAvailable) throw new InvalidOperationException("No SQLite library was found on this machine.");
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(Schema);
    }

    public string Description => $"SQLite {connection.ServerVersion}";

    public void Put(Piece piece) => Execute(
        "INSERT OR REPLACE INTO pieces VALUES ($id, $created, $state, $kept, $rating, $title, $model, $json)",
        ("$id", piece.Id), ("$created", Stamp(piece.Created)), ("$state", piece.State.ToString()), ("$kept", piece.Kept ? 1 : 0),
        ("$rating", piece.Rating), ("$title", piece.Title), ("$model", piece.Model),
        ("$json", JsonSerializer.Serialize(piece, StudioJson.Options)));

    public Piece? Find(string id) => Read("SELECT json FROM pieces WHERE id = $id", ("$id", id)).FirstOrDefault();

    public bool Delete(string id) => Execute("DELETE FROM pieces WHERE id = $id", ("$id", id)) > 0;

    public PiecePage Search(PieceQuery query)
    {
        (string, object?)[] values =
        [
            ("$rating", query.Rating), ("$model", query.Model), ("$search", query.Search is null ? null : $"%{Escape(query.Search)}%"),
            ("$take", query.Take), ("$skip", query.Skip),
        ];
        lock (gate)
        {
            using SqliteCommand count = Command("SELECT count(*) " + Chosen, values[..3]);
            int total = Convert.ToInt32(count.ExecuteScalar(), CultureInfo.InvariantCulture);
            return new PiecePage(Read($"SELECT json {Chosen} ORDER BY created DESC LIMIT $take OFFSET $skip", values), total);
        }
    }

    public IReadOnlyList<Piece> Unfinished() =>
        Read("SELECT json FROM pieces WHERE state IN ('Waiting', 'Composing') ORDER BY created");

    public IReadOnlyList<Piece> UnkeptBefore(DateTimeOffset time) =>
        Read("SELECT json FROM pieces WHERE kept = 0 AND created < $time ORDER BY created", ("$time", Stamp(time)));

    public void Dispose() => connection.Dispose();

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private int Execute(string sql, params (string Name, object? Value)[] values)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    private List<Piece> Read(string sql, params (string Name, object? Value)[] values)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(sql, values);
            using SqliteDataReader rows = command.ExecuteReader();
            List<Piece> pieces = [];
            while (rows.Read()) pieces.Add(JsonSerializer.Deserialize<Piece>(rows.GetString(0), StudioJson.Options)!);
            return pieces;
        }
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] values)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this file; values go by parameter
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
