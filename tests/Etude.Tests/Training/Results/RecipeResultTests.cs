using Etude.Composing;
using Etude.Corpora;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;
using Etude.Training.Results;

namespace Etude.Tests.Training.Results;

public sealed class RecipeResultTests
{
    [Fact]
    public void A_spread_is_the_mean_and_the_deviation_of_a_sample()
    {
        Spread spread = Spread.Of([1, 2, 3, double.NaN]);
        Assert.Equal((2, 1, 3), (spread.Mean, spread.Deviation, spread.Count));
        Assert.Equal("2.000 ± 1.000", spread.ToString());
        Assert.Equal("0.0123", Spread.Of([0.01234]).ToString());
        Assert.Equal("–", Spread.Of([]).ToString());
    }

    [Theory]
    [InlineData("tokens", "table: held-out accuracy")]
    [InlineData("autoencoder", "floor: silence")]
    [InlineData("encoder-decoder", "floor: after the same key, nats")]
    [InlineData("next-note", "floor: step before, accuracy")]
    public void Two_seeds_are_one_row_beside_its_floor(string kind, string floor)
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = SmallRecipes.All[kind];
        Corpus corpus = SmallRecipes.Corpus(recipe);
        var last = new List<EpochResult>();
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            using var trainer = new Trainer(recipe with { Training = recipe.Training with { Seed = seed } }, corpus, folder[$"{seed}"]);
            last.Add(trainer.Train(cancellation: TestContext.Current.CancellationToken));
        }
        string[] runs = [folder["1"], folder["2"]];
        RecipeResult result = RecipeResult.OfRuns(runs).WithFloors(runs, corpus).WithCollapse(runs, 2, new ComposeOptions { Bars = 2 }, TestContext.Current.CancellationToken);

        Assert.NotEqual(last[0].TrainLoss, last[1].TrainLoss);
        Assert.Equal(last.Average(epoch => epoch.TrainLoss), result.Figures["training loss"].Mean, 1e-12);
        Assert.Equal(last.Average(epoch => epoch.ValidationAccuracy), result.Figures["held-out accuracy at the end"].Mean, 1e-12);
        Assert.Equal(last.Count, result.Figures["processor minutes"].Count);
        Assert.Equal(2, result.Figures["held-out loss"].Count);
        Assert.True(double.IsFinite(result.Figures[floor].Mean) && result.Figures["skill"].Mean < 1);
        // One held-out piece: what it reaches by itself is what all reach.
        Assert.Equal(result.Figures["held-out accuracy"].Mean, result.Figures["accuracy by piece"].Mean, 1e-6);

        string[] table = ResultTable.Markdown([result]).TrimEnd().Split('\n');
        Assert.Equal(3, table.Length);
        Assert.All(table, row => Assert.Equal(table[0].Count(c => c == '|'), row.Count(c => c == '|')));
        Assert.Contains(" ± ", table[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_of_a_test_have_a_column_of_their_own()
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = SmallRecipes.All["tokens"];
        Corpus corpus = Corpus.FromScores(SomeScores.Pieces(6), recipe.Corpus with { Split = SplitOptions.Counts(4, 1, 1) });
        using (var trainer = new Trainer(recipe, corpus, folder["1"])) trainer.Train(cancellation: TestContext.Current.CancellationToken);
        RecipeResult result = RecipeResult.OfRuns([folder["1"]]).WithFloors([folder["1"]], corpus);
        PieceResult piece = Assert.Single(PieceResult.Of(TrainedModel.Load(RunFolder.FindModel(folder["1"])), corpus, Split.Test));
        Assert.Equal(piece.Accuracy, result.Figures["test accuracy by piece"].Mean);
    }

    [Fact]
    public void Runs_of_two_recipes_are_no_row_and_an_unfinished_run_is_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a"]);
        Directory.CreateDirectory(folder["b"]);
        SmallRecipes.All["tokens"].SaveTo(folder["a"]);
        (SmallRecipes.All["tokens"] with { Name = "other" }).SaveTo(folder["b"]);
        Assert.Throws<ArgumentException>(() => RecipeResult.OfRuns([folder["a"], folder["b"]]));
        Assert.Contains("--resume", Assert.Throws<InvalidDataException>(() => RecipeResult.OfRuns([folder["a"]])).Message, StringComparison.Ordinal);
    }
}
