using Etude.Evaluation.Originality;
using Etude.Music.Scores;
using static Etude.Tests.Evaluation.Originality.RandomPieces;

namespace Etude.Tests.Evaluation.Originality;

public sealed class OriginalityReportTests
{
    private static readonly CorpusIndex Index =
        CorpusIndex.Build(Enumerable.Range(0, 20).Select(seed => ($"piece {seed}", Piece(seed))));

    [Fact]
    public void A_new_piece_is_not_a_copy()
    {
        OriginalityReport report = OriginalityReport.Of(Piece(1000), Index);
        Assert.False(report.IsCopy);
        Assert.InRange(report.LongestRun!.Notes, 2, 6);
        Assert.Equal(0, report.RunShares[8]);
    }

    [Fact]
    public void A_passage_in_another_key_is_found_with_its_bar()
    {
        // Bars 3 to 8 of piece 7 (4/4, 1,920 ticks a bar), a fifth up, between new music, moved to another bar.
        Score source = Piece(7), strange = Piece(1001);
        var passage = source.Tracks[0].Notes.Where(note => note.Onset.Value is >= 3840 and < 15360)
            .Select(note => note with { Onset = note.Onset + new Tick(1920 * 4), Pitch = (byte)(note.Pitch + 7) }).ToList();
        Score piece = Change(strange, notes => notes.Where(note => note.Onset.Value < 11520).Concat(passage)
            .Concat(notes.Where(note => note.Onset.Value >= 23040)));

        SharedPassage run = OriginalityReport.Of(piece, Index).LongestRun!;
        Assert.Equal(("piece 7", 7, 7, 3), (run.Source, run.Transposition, run.FirstBar, run.SourceFirstBar));
        Assert.InRange(run.Notes, passage.Count, passage.Count + 2);
        Assert.Equal(run.Notes, run.SharedNotes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_copy_with_a_tenth_of_its_notes_changed_is_found(int seed)
    {
        var random = new Random(seed);
        Score piece = Transposed(Change(Piece(11), notes =>
            notes.Select(note => random.Next(10) == 0 ? note with { Pitch = (byte)random.Next(40, 90) } : note)), -3);
        OriginalityReport report = OriginalityReport.Of(piece, Index);
        Assert.True(report.IsCopy);
        Assert.Equal(("piece 11", -3, 1), (report.Resemblance!.Source, report.Resemblance.Transposition, report.Resemblance.SourceFirstBar));
        Assert.InRange(report.Resemblance.SharedNotes, 330, 380);
    }

    [Fact]
    public void Shares_of_runs_count_windows()
    {
        // Eight notes: the first five stand in the corpus, so of the runs of four two do, of six none.
        var corpus = CorpusIndex.Build([("five", Line(60, 62, 65, 64, 71))]);
        OriginalityReport report = OriginalityReport.Of(Line(50, 52, 55, 54, 61, 50, 51, 53), corpus);
        Assert.Equal(2 / 5.0, report.RunShares[4], 12);
        Assert.Equal(0, report.RunShares[6]);
        Assert.Equal(5, report.LongestRun!.Notes);
    }

    [Fact]
    public void Nothing_shares_nothing()
    {
        OriginalityReport report = OriginalityReport.Of(Score.Piano([]), Index);
        Assert.Null(report.LongestRun);
        Assert.Null(report.Resemblance);
        Assert.False(report.IsCopy);
        Assert.Null(OriginalityReport.Of(Piece(1), CorpusIndex.Build([])).LongestRun);
    }

    [Fact]
    public void A_saved_index_answers_the_same()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Index.Save(path);
            CorpusIndex loaded = CorpusIndex.Load(path);
            Assert.Equal(OriginalityReport.Of(Piece(7), Index).LongestRun, OriginalityReport.Of(Piece(7), loaded).LongestRun);
            Assert.Equal(Index.PieceNames, loaded.PieceNames);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..1000]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => CorpusIndex.Load(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "something else altogether");
            Assert.Throws<InvalidDataException>(() => CorpusIndex.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Score Line(params int[] pitches) => Score.Piano(
        pitches.Select((pitch, i) => new Note(new Tick(480 * i), new Tick(480), (byte)pitch, 80)));
}
