using Etude.Corpora;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora;

public sealed class CorpusCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new(), cacheFolder = new();

    public CorpusCacheTests()
    {
        foreach ((string name, Score score) in SomeScores.Pieces(5)) MidiFile.Write(score, folder[name]);
        folder.Write("broken.mid", "no music");
    }

    public void Dispose()
    {
        folder.Dispose();
        cacheFolder.Dispose();
    }

    private Corpus Prepare(CorpusOptions? options = null) => Corpus.Prepare(folder.Path, options, CorpusCache.At(cacheFolder.Path));

    private string CacheFile => Directory.GetFiles(cacheFolder.Path).Single();

    [Fact]
    public void Serves_the_same_corpus_again()
    {
        Corpus first = Prepare(), second = Prepare();
        Assert.False(first.Report.FromCache);
        Assert.True(second.Report.FromCache);
        Assert.Equal(first.Pieces.Select(piece => (piece.Name, piece.Work, piece.Split, piece.Seconds, piece.Score)), second.Pieces.Select(piece => (piece.Name, piece.Work, piece.Split, piece.Seconds, piece.Score)));
        Assert.Equal(first.Dropped, second.Dropped);
        Assert.Equal(Plain(first), Plain(second));

        static string Plain(Corpus corpus) => (corpus.Report with { FromCache = false, ElapsedSeconds = 0 }).ToJson();
    }

    [Fact]
    public void Other_options_make_another_corpus()
    {
        Prepare();
        Assert.False(Prepare(new() { MinimumNotes = 17 }).Report.FromCache);
        Assert.True(Prepare().Report.FromCache);
        Assert.Equal(2, Directory.GetFiles(cacheFolder.Path).Length);
    }

    [Fact]
    public void A_changed_an_added_and_a_removed_file_each_renew_it()
    {
        Prepare();
        Score other = SomeScores.Piece(77, notes: 90);
        MidiFile.Write(other, folder["piece-000.mid"]);
        Assert.Equal(other.NoteCount, Renewed().Pieces[0].NoteCount);
        MidiFile.Write(SomeScores.Piece(78), folder["piece-100.mid"]);
        Assert.Equal(6, Renewed().Pieces.Length);
        File.Delete(folder["piece-001.mid"]);
        Assert.Equal(5, Renewed().Pieces.Length);
        Assert.Single(Directory.GetFiles(cacheFolder.Path));

        Corpus Renewed()
        {
            Corpus corpus = Prepare();
            Assert.False(corpus.Report.FromCache);
            Assert.Empty(corpus.Report.Remarks);
            return corpus;
        }
    }

    [Fact]
    public void A_changed_list_renews_it()
    {
        folder.Write("train.txt", "piece-000.mid\npiece-001.mid\n");
        CorpusOptions options = new() { Split = SplitOptions.Lists("train.txt") };
        Assert.Equal(2, Prepare(options).Pieces.Length);
        folder.Write("train.txt", "piece-000.mid\n");
        Assert.Single(Prepare(options).Pieces);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(85)]
    [InlineData(200)]
    [InlineData(-2000)]
    [InlineData(-1)]
    public void One_wrong_byte_is_noticed_and_mended(int position)
    {
        Corpus first = Prepare();
        byte[] bytes = File.ReadAllBytes(CacheFile);
        bytes[position < 0 ? bytes.Length + position : position] ^= 0x40;
        File.WriteAllBytes(CacheFile, bytes);

        Corpus mended = Prepare();

        Assert.False(mended.Report.FromCache);
        Assert.Equal(first.Pieces.Select(piece => piece.Score), mended.Pieces.Select(piece => piece.Score));
        Assert.True(Prepare().Report.FromCache);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_file_cut_short_is_noticed_and_said(double share)
    {
        Prepare();
        using (FileStream file = File.OpenWrite(CacheFile)) file.SetLength(share < 1 ? (long)(file.Length * share) : (long)share);
        Corpus mended = Prepare();
        Assert.False(mended.Report.FromCache);
        Assert.Contains("broken", Assert.Single(mended.Report.Remarks));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_only_a_remark()
    {
        string file = cacheFolder.Write("file", "");
        Corpus corpus = Corpus.Prepare(folder.Path, cache: CorpusCache.At(Path.Combine(file, "below")));
        Assert.Equal(5, corpus.Pieces.Length);
        Assert.Contains("could not be kept", Assert.Single(corpus.Report.Remarks));
    }
}
