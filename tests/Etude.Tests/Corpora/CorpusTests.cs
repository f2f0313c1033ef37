using Etude.Corpora;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora;

public sealed class CorpusTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Save(string name, Score score)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        MidiFile.Write(score, folder[name]);
    }

    private void SavePieces(int count)
    {
        foreach ((string name, Score score) in SomeScores.Pieces(count)) Save(name, score);
    }

    private Corpus Prepare(CorpusOptions? options = null) => Corpus.Prepare(folder.Path, options, CorpusCache.None);

    [Fact]
    public void Finds_music_in_folders_below_in_the_order_of_names()
    {
        Save("b/two.MIDI", SomeScores.Piece(2));
        Save("b/a/three.kar", SomeScores.Piece(3));
        Save("Z.mid", SomeScores.Piece(1));
        folder.Write("b/readme.txt", "no music");

        Corpus corpus = Prepare();

        Assert.Equal(["Z.mid", "b/a/three.kar", "b/two.MIDI"], corpus.Pieces.Select(piece => piece.Name));
        Assert.Equal(3, corpus.Report.FilesSeen);
        Assert.Equal(SomeScores.Piece(2).NoteCount, corpus.Pieces[2].NoteCount);
        Assert.Equal(corpus.Pieces[2].NoteCount, corpus.Pieces[2].Score.NoteCount);
    }

    [Fact]
    public void Reads_abc_beside_midi_and_names_what_it_cannot_read()
    {
        SavePieces(2);
        folder.Write("tune.abc", "X:1\nT:Scale\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEDC|CDEF|GABc|\n");
        folder.Write("broken.abc", "This is no tune.\n");
        Corpus corpus = Prepare();
        Assert.Equal(24, corpus.Pieces.Single(piece => piece.Name == "tune.abc").NoteCount);
        Assert.Equal((DropReason.Unreadable, "broken.abc"), (corpus.Dropped.Single().Reason, corpus.Dropped.Single().Name));
        Assert.DoesNotContain(folder.Path, corpus.Dropped.Single().Detail);
    }

    [Fact]
    public void Takes_files_one_by_one()
    {
        SavePieces(3);
        Save("deep/er/x.mid", SomeScores.Piece(9));
        Corpus corpus = Corpus.Prepare([folder["piece-001.mid"], folder["deep"]], cache: CorpusCache.None);
        Assert.Equal(["deep/er/x.mid", "piece-001.mid"], corpus.Pieces.Select(piece => piece.Name));
    }

    [Fact]
    public void Every_file_left_out_is_named_with_its_measure()
    {
        SavePieces(3);
        folder.Write("broken.mid", "no music at all");
        folder.Write("empty.mid", "");
        Save("organ.mid", SomeScores.Piece(4) with { Tracks = [SomeScores.Piece(4).Tracks[0] with { Program = 19 }] });
        Save("waltz.mid", SomeScores.Piece(5).WithMeters((0, 3, 4)));
        Save("rubato.mid", SomeScores.Piece(6).WithTempos((0, 60), (20, 180)));
        Save("short.mid", SomeScores.Piece(7, notes: 5));

        Corpus corpus = Prepare(new() { Meters = ["4/4"], MaximumTempoChange = 0.1 });

        Assert.Equal(3, corpus.Pieces.Length);
        Dictionary<string, DroppedFile> dropped = corpus.Dropped.ToDictionary(file => file.Name);
        Assert.Equal(["broken.mid", "empty.mid", "organ.mid", "rubato.mid", "short.mid", "waltz.mid"], dropped.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(DropReason.Unreadable, dropped["broken.mid"].Reason);
        Assert.Equal(DropReason.Unreadable, dropped["empty.mid"].Reason);
        Assert.Equal($"no piano notes among {SomeScores.Piece(4).NoteCount}", dropped["organ.mid"].Detail);
        Assert.Equal("in 3/4, allowed 4/4", dropped["waltz.mid"].Detail);
        Assert.Equal((DropReason.TempoChange, true), (dropped["rubato.mid"].Reason, dropped["rubato.mid"].Detail.EndsWith("more than 0.1")));
        Assert.Equal("5 notes, fewer than 16", dropped["short.mid"].Detail);
        Assert.Equal(2, corpus.Report.FilesDropped[DropReason.Unreadable]);
        Assert.Equal(9, corpus.Report.PiecesKept + corpus.Report.FilesDropped.Values.Sum());
    }

    [Fact]
    public void Parts_and_notes_left_out_of_pieces_are_counted()
    {
        Score piece = SomeScores.Piece(1);
        Track piano = piece.Tracks[0];
        Note tooLow = new(Tick.Zero, new Tick(100), 20, 64);
        Score band = piece with
        {
            Tracks = [piano with { Notes = [tooLow, .. piano.Notes] }, piano with { IsDrums = true }, piano with { Program = 40 }],
        };
        Corpus corpus = Corpus.FromScores([("band", band), ("solo", SomeScores.Piece(2))]);

        Assert.Equal(new Dictionary<string, int> { ["drums"] = 1, ["not a piano"] = 1 }, corpus.Report.PartsDropped);
        Assert.Equal(
            new Dictionary<string, int> { ["drums"] = piano.Notes.Length, ["not a piano"] = piano.Notes.Length, ["pitch out of range"] = 1 }, corpus.Report.NotesDropped);
        Assert.Equal(piano.Notes, corpus.Pieces[0].Score.Tracks.Single().Notes);
    }

    [Fact]
    public void Patterns_choose_by_name_and_by_path()
    {
        Save("beethoven/Sonata1.mid", SomeScores.Piece(1));
        Save("beethoven/sonata2.mid", SomeScores.Piece(2));
        Save("bach/fugue.mid", SomeScores.Piece(3));
        CorpusOptions options = new() { Split = SplitOptions.Shares(1, 0) };

        Assert.Equal(2, Prepare(options with { Select = ["SONATA*"] }).Pieces.Length);
        Assert.Equal(2, Prepare(options with { Select = ["beethoven/"] }).Pieces.Length);
        Assert.Equal(["bach/fugue.mid"], Prepare(options with { Exclude = ["sonata?.mid"] }).Pieces.Select(piece => piece.Name));
        Corpus corpus = Prepare(options with { Select = ["Sonata1*", "Brahms*"] });
        Assert.Contains("Brahms*", Assert.Single(corpus.Report.Remarks));
        Assert.Equal(2, corpus.Report.FilesNotSelected);
    }

    [Fact]
    public void The_same_files_and_options_give_the_same_corpus()
    {
        SavePieces(12);
        Corpus first = Prepare(), second = Prepare();
        Assert.Equal(first.Pieces.Select(piece => (piece.Name, piece.Split, piece.Score)), second.Pieces.Select(piece => (piece.Name, piece.Split, piece.Score)));
    }

    [Fact]
    public void Faults_say_what_to_change()
    {
        Assert.Contains("nowhere", Fault("nowhere"));
        Assert.Contains("no music files", Fault(folder.Path));
        SavePieces(2);
        Assert.Contains("corpus.select", Fault(folder.Path, new() { Select = ["x*"] }));
        string left = Fault(folder.Path, new() { Meters = ["3/4"], MinimumNotes = 1 });
        Assert.Contains("2 in another meter", left);
        Assert.Contains("corpus.meters", left);
        Assert.Contains("2 works are too few to divide between 3 splits", Fault(folder.Path, new() { Split = SplitOptions.Shares(1, 1, 1) }));
        Assert.Contains("corpus.meters", Fault(folder.Path, new() { Meters = ["four"] }));

        static string Fault(string path, CorpusOptions? options = null) =>
            Assert.Throws<CorpusException>(() => Corpus.Prepare(path, options, CorpusCache.None)).Message;
    }

    [Fact]
    public void Progress_reaches_the_end_and_can_be_stopped()
    {
        SavePieces(20);
        var heard = new Heard();
        Corpus.Prepare(folder.Path, cache: CorpusCache.None, progress: heard);
        Assert.Contains(heard.Reports, report => report.FilesDone == 20 && report.FilesTotal == 20);

        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Corpus.Prepare(folder.Path, cache: CorpusCache.None, cancellation: stop.Token));
    }

    [Fact]
    public void Report_tells_the_whole_story()
    {
        Corpus corpus = Corpus.FromScores(SomeScores.Pieces(20).Append(("copy.mid", Transposition.Apply(SomeScores.Piece(3), 2))));
        string text = corpus.Report.ToString();
        Assert.Contains("21 music files seen, 20 kept", text);
        Assert.Contains("1 left out, the same music as another", text);
        Assert.Contains("copy.mid = piece-003.mid (1.00)", text);
        Assert.Contains("\"filesSeen\": 21", corpus.Report.ToJson());
        Assert.Contains("\"duplicate\": 1", corpus.Report.ToJson());
    }

    private sealed class Heard : IProgress<CorpusProgress>
    {
        public System.Collections.Concurrent.ConcurrentBag<CorpusProgress> Reports { get; } = [];

        public void Report(CorpusProgress value) => Reports.Add(value);
    }
}
