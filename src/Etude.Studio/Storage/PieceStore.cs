namespace Etude.Studio.Storage;

/// <summary>Opens the store of a data folder: SQLite where the machine has it, else the journal.</summary>
internal static class PieceStore
{
    public static IPieceStore Open(StudioOptions options) => Open(options, SystemSqlite.IsAvailable);

    public static IPieceStore Open(StudioOptions options, bool hasSqlite)
    {
        Directory.CreateDirectory(options.Data);
        string journal = Path.Combine(options.Data, "studio.jsonl");
        if (options.Journal || !hasSqlite) return new JournalPieceStore(journal);
        SqlitePieceStore store = new(Path.Combine(options.Data, "studio.db"));
        if (File.Exists(journal)) TakeOver(journal, store);
        return store;
    }

    // The machine has gained a SQLite library since the journal was begun.
    private static void TakeOver(string path, SqlitePieceStore store)
    {
        using (JournalPieceStore journal = new(path))
        {
            foreach (Piece piece in journal.All()) store.Put(piece);
        }
        File.Move(path, path + ".imported", overwrite: true);
    }
}
