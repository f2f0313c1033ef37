using Etude.Evaluation;
using Etude.Evaluation.Listening;

namespace Etude.Tests.Evaluation.Listening;

public sealed class ListeningTests
{
    private static readonly ListeningSet[] Sets =
    [
        new("human", true, ["h1", "h2", "h3"]), new("good", false, ["g1", "g2"]), new("bad", false, ["b1", "b2", "b3", "b4"]),
    ];

    [Fact]
    public void A_test_is_drawn_evenly_and_again_by_its_seed()
    {
        ListeningTest test = ListeningTest.Draw(Sets, pairsEach: 6, singlesEach: 4, seed: 3);
        Assert.Equal(3 * 6 + 3 * 4, test.Questions.Length);
        Assert.Equal(Enumerable.Range(0, 30), test.Questions.Select(question => question.Number));
        Assert.Equal(test.Questions, ListeningTest.Draw(Sets, 6, 4, 3).Questions);
        Assert.NotEqual(test.Questions, ListeningTest.Draw(Sets, 6, 4, 4).Questions);
        Assert.All(test.Questions.Where(question => question.IsPair).CountBy(question => (question.FirstSet, question.SecondSet)),
            meeting => Assert.Equal(3, meeting.Value));
        // 16 hearings of three human pieces: each five or six times.
        Assert.All(test.Questions.SelectMany(question => new[] { question.First, question.Second ?? "none" }).Where(piece => piece[0] == 'h').CountBy(piece => piece),
            heard => Assert.InRange(heard.Value, 5, 6));
    }

    [Fact]
    public void Strengths_of_two_are_the_odds()
    {
        // 3 wins to 1 with the half comparisons: solve by hand for two items, g1 = 1 / g2 by symmetry of the prior.
        double[] fit = BradleyTerry.Fit([[0, 3], [1, 0]]);
        Assert.Equal(0, fit.Sum(), 9);
        double strength = Math.Exp(fit[0]), other = 1 / strength;
        Assert.Equal(3 + 0.5, 4 * strength / (strength + other) + strength / (strength + 1), 9);
        // With many comparisons the prior fades: ln 3 between them.
        fit = BradleyTerry.Fit([[0, 30_000], [10_000, 0]]);
        Assert.Equal(Math.Log(3), fit[0] - fit[1], 3);
        Assert.Equal([0, 0, 0], BradleyTerry.Fit([[0, 0, 0], [0, 0, 0], [0, 0, 0]]));
    }

    [Fact]
    public void Wilsons_interval_is_the_tabled_one()
    {
        Interval interval = ListeningResults.Wilson(8, 10); // 0.490 to 0.943 in any table
        Assert.Equal((0.8, 0.490, 0.943), (interval.Estimate, Math.Round(interval.Low, 3), Math.Round(interval.High, 3)));
        Assert.Equal((0, 0), (ListeningResults.Wilson(0, 5).Estimate, ListeningResults.Wilson(0, 5).Low));
        Assert.Equal(double.NaN, ListeningResults.Wilson(0, 0).Estimate);
    }

    [Fact]
    public void Results_rank_what_listeners_prefer()
    {
        ListeningTest test = ListeningTest.Draw(Sets, 10, 10, seed: 1);
        string[] order = ["human", "good", "bad"];
        var random = new Random(2);
        var answers = new List<ListeningAnswer>();
        foreach (string listener in new[] { "a", "b", "c", "d", "e" })
        {
            foreach (ListeningQuestion question in test.Questions)
            {
                bool noise = random.Next(5) == 0;
                ListeningChoice choice = question.IsPair
                    ? (Array.IndexOf(order, question.FirstSet) < Array.IndexOf(order, question.SecondSet)) != noise ? ListeningChoice.First : ListeningChoice.Second
                    : (question.FirstSet == "human") != noise ? ListeningChoice.Human : ListeningChoice.Machine;
                answers.Add(new ListeningAnswer(question.Number, listener, choice, DateTimeOffset.UnixEpoch));
            }
        }
        var results = ListeningResults.Of(test, answers);
        Assert.Equal(order, results.Select(result => result.Set));
        Assert.Equal([1, 2, 3], results.Select(result => result.Rank));
        Assert.True(results[0].Strength.Low > results[1].Strength.Estimate && results[1].Strength.Low > results[2].Strength.Estimate);
        Assert.InRange(results[0].TakenForHuman.Estimate, 0.7, 0.9);
        Assert.InRange(results[2].TakenForHuman.High, 0.1, 0.4);
        Assert.All(results, result => Assert.Equal((100, 50), (result.Comparisons, result.SingleHearings)));
    }

    [Fact]
    public void Changed_answers_replace_and_strange_ones_are_refused()
    {
        ListeningTest test = ListeningTest.Draw(Sets, 0, 1, seed: 1);
        ListeningAnswer first = new(0, "a", ListeningChoice.Human, DateTimeOffset.UnixEpoch);
        var results = ListeningResults.Of(test, [first, first with { Choice = ListeningChoice.Machine }]);
        Assert.Equal(0, results.Single(result => result.SingleHearings == 1).TakenForHuman.Estimate);
        Assert.Throws<ArgumentException>(() => ListeningResults.Of(test, [first with { Question = 9 }]));
        Assert.Throws<ArgumentException>(() => ListeningResults.Of(test, [first with { Choice = ListeningChoice.First }]));
        Assert.Throws<ArgumentException>(() => ListeningTest.Draw([.. Sets, Sets[0]], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => ListeningTest.Draw([new("empty", false, [])], 1, 1, 1));
    }

    [Fact]
    public void Answers_are_kept_line_by_line()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Assert.Empty(ListeningAnswers.Read(path));
            ListeningAnswer[] answers = [new(3, "Ann\n\"B\"", ListeningChoice.Neither, DateTimeOffset.UnixEpoch), new(4, "c", ListeningChoice.Human, DateTimeOffset.UnixEpoch.AddDays(1))];
            foreach (ListeningAnswer answer in answers) ListeningAnswers.Append(path, answer);
            File.AppendAllText(path, "{\"question\": 5, \"liste"); // a crash
            Assert.Equal(answers, ListeningAnswers.Read(path));
            File.AppendAllText(path, "\n");
            Assert.Contains("line 3", Assert.Throws<InvalidDataException>(() => ListeningAnswers.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
