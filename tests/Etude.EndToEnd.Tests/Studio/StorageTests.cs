using Etude.Studio;
using Etude.Studio.Compositions;
using Etude.Studio.Storage;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Both stores keep the same promises, whichever a machine gets.</summary>
public sealed class StorageTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("etude-store-").FullName;

    [Fact]
    public void A_machine_without_a_sqlite_library_gets_the_journal()
    {
        Assert.False(SystemSqlite.TryLoad(["libnone-such.so.0", "libnone-such.so"], out _));
        using IPieceStore store = PieceStore.Open(new StudioOptions { Data = folder }, hasSqlite: false);
        store.Put(Make("a") with { State = PieceState.Done });
        Assert.StartsWith("a journal", store.Description, StringComparison.Ordinal);
        Assert.Equal(["studio.jsonl"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_put_is_found_after_opening_again(bool journal)
    {
        Piece piece = Make("a") with { State = PieceState.Done, Kept = true, Rating = 3, Notes = 12, Seconds = 4.5, File = "a.mid" };
        using (IPieceStore store = Open(journal)) store.Put(piece);
        using (IPieceStore store = Open(journal)) Assert.Equal(piece, store.Find(piece.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_of_several_puts_counts_and_the_deleted_stays_deleted(bool journal)
    {
        using (IPieceStore store = Open(journal))
        {
            store.Put(Make("a"));
            store.Put(Make("a") with { Title = "Second thoughts" });
            store.Put(Make("b"));
            Assert.True(store.Delete(Make("b").Id));
            Assert.False(store.Delete(Make("b").Id));
        }
        using (IPieceStore store = Open(journal))
        {
            Assert.Equal("Second thoughts", store.Find(Make("a").Id)!.Title);
            Assert.Null(store.Find(Make("b").Id));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_library_is_searched_filtered_and_paged_newest_first(bool journal)
    {
        using IPieceStore store = Open(journal);
        for (int i = 0; i < 5; i++) store.Put(Make($"{i}") with { Kept = i != 2, Rating = i, Title = i % 2 == 0 ? "Andante in C" : "100% Allegro", Model = i < 3 ? "small" : "large" });
        Assert.Equal([4, 3, 1, 0], Ratings(new PieceQuery()));
        Assert.Equal([4, 0], Ratings(new PieceQuery(Search: "andante")));
        Assert.Equal([3, 1], Ratings(new PieceQuery(Search: "0%")));
        Assert.Empty(Ratings(new PieceQuery(Search: "_ndante")));
        Assert.Equal([4, 3], Ratings(new PieceQuery(Model: "large")));
        Assert.Equal([4, 3], Ratings(new PieceQuery(Rating: 2)));
        Assert.Equal([3, 1], Ratings(new PieceQuery(Skip: 1, Take: 2)));
        Assert.Equal(4, store.Search(new PieceQuery(Take: 1)).Total);

        int[] Ratings(PieceQuery query) => [.. store.Search(query).Pieces.Select(piece => piece.Rating)];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_unfinished_and_the_unkept_are_found(bool journal)
    {
        using IPieceStore store = Open(journal);
        store.Put(Make("1") with { State = PieceState.Composing });
        store.Put(Make("2") with { State = PieceState.Done });
        store.Put(Make("3") with { State = PieceState.Waiting });
        store.Put(Make("4") with { State = PieceState.Done, Kept = true });
        Assert.Equal([Make("1").Id, Make("3").Id], store.Unfinished().Select(piece => piece.Id));
        Assert.Equal([Make("1").Id, Make("2").Id], store.UnkeptBefore(Noon.AddMinutes(3)).Select(piece => piece.Id));
    }

    [Fact]
    public void A_journal_with_a_torn_last_line_opens()
    {
        using (IPieceStore store = Open(journal: true)) store.Put(Make("a"));
        File.AppendAllText(Path.Combine(folder, "studio.jsonl"), """{"piece":{"id":"b","tit""");
        using (IPieceStore store = Open(journal: true)) Assert.NotNull(store.Find(Make("a").Id));
    }

    [Fact]
    public void A_journal_is_taken_over_once_the_machine_has_sqlite()
    {
        if (!SystemSqlite.IsAvailable) Assert.Skip("This machine has no SQLite library.");
        using (IPieceStore store = Open(journal: true)) store.Put(Make("a"));
        using (IPieceStore store = Open(journal: false))
        {
            Assert.StartsWith("SQLite 3.", store.Description, StringComparison.Ordinal);
            Assert.NotNull(store.Find(Make("a").Id));
        }
        Assert.False(File.Exists(Path.Combine(folder, "studio.jsonl")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IPieceStore Open(bool journal)
    {
        if (!journal && !SystemSqlite.IsAvailable) Assert.Skip("This machine has no SQLite library.");
        return PieceStore.Open(new StudioOptions { Data = folder, Journal = journal });
    }

    // The name orders the pieces in time.
    private static Piece Make(string name) => new()
    {
        Id = name.PadLeft(32, '0'),
        Created = Noon.AddMinutes(name[0] - '0'),
        Title = name,
        Model = "small",
        Request = new CompositionRequest { Seed = 7, Bars = 8 },
    };
}
