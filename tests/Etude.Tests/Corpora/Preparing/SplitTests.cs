using Etude.Corpora;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora.Preparing;

public sealed class SplitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Dictionary<string, Split> SplitsOf(int count, SplitOptions split) =>
        Corpus.FromScores(SomeScores.Pieces(count), new() { Split = split }).Pieces.ToDictionary(piece => piece.Name, piece => piece.Split);

    private static int[] Sizes(Dictionary<string, Split> splits) =>
        [.. Enum.GetValues<Split>().Select(split => splits.Values.Count(value => value == split))];

    [Theory]
    [InlineData(100, 0.9, 0.1, 0, 90, 10, 0)]
    [InlineData(100, 8, 1, 1, 80, 10, 10)]
    [InlineData(15, 0.9, 0.1, 0, 13, 2, 0)]
    [InlineData(3, 0.98, 0.01, 0.01, 1, 1, 1)]
    [InlineData(5, 1, 0, 0, 5, 0, 0)]
    public void Shares_are_met_and_none_asked_for_stays_empty(int count, double training, double validation, double test, params int[] expected) =>
        Assert.Equal(expected, Sizes(SplitsOf(count, SplitOptions.Shares(training, validation, test))));

    [Fact]
    public void Another_seed_divides_otherwise()
    {
        Assert.Equal(SplitsOf(40, SplitOptions.Shares(0.5, 0.5)), SplitsOf(40, SplitOptions.Shares(0.5, 0.5)));
        Assert.NotEqual(SplitsOf(40, SplitOptions.Shares(0.5, 0.5)), SplitsOf(40, SplitOptions.Shares(0.5, 0.5, seed: 1)));
    }

    [Fact]
    public void A_file_added_moves_hardly_any_other()
    {
        Dictionary<string, Split> before = SplitsOf(100, SplitOptions.Shares(0.8, 0.1, 0.1)), after = SplitsOf(101, SplitOptions.Shares(0.8, 0.1, 0.1));
        Assert.InRange(before.Count(piece => after[piece.Key] != piece.Value), 0, 3);
    }

    [Fact]
    public void Counts_are_exact_and_the_rest_is_reported()
    {
        Corpus corpus = Corpus.FromScores(SomeScores.Pieces(20), new() { Split = SplitOptions.Counts(10, 3, 3) });
        Assert.Equal([10, 3, 3], corpus.Report.Splits.Select(split => split.Pieces));
        Assert.Equal(4, corpus.Report.FilesDropped[DropReason.NotInSplit]);
    }

    [Fact]
    public void Too_few_pieces_for_the_counts_say_where_the_others_went()
    {
        (string, Score)[] scores = [.. SomeScores.Pieces(15), ("waltz.mid", SomeScores.Piece(20).WithMeters((0, 3, 4)))];
        string fault = Assert.Throws<CorpusException>(() =>
            Corpus.FromScores(scores, new() { Meters = ["4/4"], Split = SplitOptions.Counts(10, 3, 3) })).Message;
        Assert.StartsWith("The split asks for 10 + 3 + 3 pieces, and 15 are left: 1 are missing for training", fault, StringComparison.Ordinal);
        Assert.Contains("1 in another meter (such as waltz.mid: in 3/4, allowed 4/4; change corpus.meters)", fault);
    }

    [Fact]
    public void A_work_of_several_files_stays_together()
    {
        var movements = Enumerable.Range(0, 40).Select(number => ($"opus{number / 4}-movement{number % 4}.mid", SomeScores.Piece(number)));
        Corpus corpus = Corpus.FromScores(movements, new() { WorkPattern = "^(opus[0-9]+)-", Split = SplitOptions.Shares(0.6, 0.2, 0.2) });
        Assert.Equal([24, 8, 8], corpus.Report.Splits.Select(split => split.Pieces));
        Assert.Equal([6, 2, 2], corpus.Report.Splits.Select(split => split.Works));
        Assert.All(corpus.Pieces.GroupBy(piece => piece.Work), work => Assert.Single(work.Select(piece => piece.Split).Distinct()));
    }

    [Fact]
    public void Lists_name_the_pieces_of_each_split()
    {
        string training = folder.Write("train.txt", "# comment\npiece-000.mid\r\n./piece-001.mid\n\ngone.mid\n");
        string validation = folder.Write("valid.txt", "piece-002.mid\n");
        Corpus corpus = Corpus.FromScores(SomeScores.Pieces(4), new() { Split = SplitOptions.Lists(training, validation) });
        Assert.Equal(["piece-000.mid", "piece-001.mid"], corpus.In(Split.Training).Select(piece => piece.Name));
        Assert.Equal(["piece-002.mid"], corpus.In(Split.Validation).Select(piece => piece.Name));
        Assert.Equal("piece-003.mid: in none of the lists", corpus.Dropped.Single().ToString());
        Assert.Equal("1 listed file is not there: gone.mid", Assert.Single(corpus.Report.Remarks));
    }

    [Fact]
    public void Of_the_same_music_in_two_lists_the_one_held_out_is_kept()
    {
        string training = folder.Write("train.txt", "piece-000.mid\npiece-001.mid\n"), validation = folder.Write("valid.txt", "copy.mid\n");
        Corpus corpus = Corpus.FromScores(
            [.. SomeScores.Pieces(2), ("copy.mid", SomeScores.Piece(0))], new() { Split = SplitOptions.Lists(training, validation) });
        Assert.Equal("copy.mid", corpus.In(Split.Validation).Single().Name);
        Assert.Equal("piece-000.mid", corpus.Dropped.Single().Name);
    }

    [Fact]
    public void Lists_that_leak_are_remarked()
    {
        string training = folder.Write("train.txt", "piece-000.mid\npiece-001.mid\n"), validation = folder.Write("valid.txt", "copy.mid\n");
        Corpus corpus = Corpus.FromScores(
            [.. SomeScores.Pieces(2), ("copy.mid", SomeScores.Piece(0))],
            new() { Duplicates = DuplicateHandling.KeepTogether, Split = SplitOptions.Lists(training, validation) });
        Assert.Contains("more than one list", Assert.Single(corpus.Report.Remarks));
    }

    [Theory]
    [InlineData("piece-000.mid", "piece-000.mid", "strike it from one")]
    [InlineData("# nothing", "piece-000.mid", "names no file")]
    public void Lists_that_make_no_sense_are_refused(string training, string validation, string fault)
    {
        SplitOptions split = SplitOptions.Lists(folder.Write("train.txt", training), folder.Write("valid.txt", validation));
        IEnumerable<(string, Score)> scores = SomeScores.Pieces(3);
        Assert.Contains(fault, Assert.Throws<CorpusException>(() => Corpus.FromScores(scores, new() { Split = split })).Message);
        Assert.Contains("no-list.txt", Assert.Throws<CorpusException>(() => Corpus.FromScores(scores, new() { Split = SplitOptions.Lists("no-list.txt") })).Message);
    }
}
