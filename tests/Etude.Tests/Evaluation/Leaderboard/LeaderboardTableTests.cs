using Etude.Evaluation;
using Etude.Evaluation.Leaderboard;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Tests.Evaluation.Originality;

namespace Etude.Tests.Evaluation.Leaderboard;

public sealed class LeaderboardTableTests
{
    [Fact]
    public void Models_stand_by_bits_a_note_and_controls_below()
    {
        PieceSet Pieces(string name, int from) => new(name, [.. Enumerable.Range(from, 6).Select(seed => RandomPieces.Piece(seed))]);
        var sets = new[] { Pieces("human", 100), Pieces("worse", 200), Pieces("roll", 300), Pieces("better", 400) };
        CorpusIndex index = CorpusIndex.Build(Pieces("corpus", 1).Pieces.Select(piece => ("piece", piece)));
        SetReport report = SetComparison.Compare(Pieces("reference", 1), sets, new SetOptions { Draws = 4 }) with
        {
            Originality = [.. sets.Select(set => SetOriginality.Of(set, index))],
        };
        string[] lines = LeaderboardTable.ToMarkdown([Entry("worse", 9), Entry("roll", null), Entry("better", 5) with { SeenPieces = 3 }], report).TrimEnd().Split('\n');
        Assert.StartsWith("| better (trained on 3 of the held-out pieces) | 5.000 [4.000, 6.000] |", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("| worse | 9.000", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("| roll | – |", lines[4], StringComparison.Ordinal);
        Assert.Contains("of 6 | 1,234 | – | 20 |", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("| *reference, other half* |", lines[5], StringComparison.Ordinal);
        Assert.StartsWith("| *human* |", lines[6], StringComparison.Ordinal);
        Assert.StartsWith("| *reference, notes shuffled* |", lines[7], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == '|'), line.Count(c => c == '|')));
    }

    [Fact]
    public void Descriptions_tell_what_stands_in_the_table_in_its_order()
    {
        string[] lines = LeaderboardTable.Descriptions([Entry("worse", 9), Entry("better", 5) with { Description = "An LSTM.", Epochs = 3 }]).TrimEnd().Split('\n');
        Assert.Equal(["- **better** (recipe `better`, tokens, 3 epochs): An LSTM.", "- **worse** (recipe `worse`, tokens): no description."], lines);
    }

    private static LeaderboardEntry Entry(string run, double? bits) => new()
    {
        Run = run,
        Recipe = run,
        Form = "tokens",
        Parameters = 1234,
        SeenPieces = 0,
        Likelihood = bits is { } value ? new Likelihood(run, new Interval(value, value - 1, value + 1), default, 6, 600) : null,
        NotesPerSecond = 20,
    };
}
