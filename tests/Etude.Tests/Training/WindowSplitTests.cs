using Etude.Corpora;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;

namespace Etude.Tests.Training;

public sealed class WindowSplitTests
{
    [Fact]
    public void One_place_in_ten_is_held_out()
    {
        int held = Enumerable.Range(0, 100).Sum(piece => Enumerable.Range(0, 100).Count(step => WindowSplit.IsHeldOut(piece, step)));
        Assert.InRange(held, 850, 1150);
    }

    [Theory]
    [InlineData("tokens")]
    [InlineData("autoencoder")]
    public void Pieces_that_repeat_themselves_seem_foreseen_when_windows_leak(string kind)
    {
        Recipe recipe = SmallRecipes.All[kind];
        recipe = recipe with { Training = recipe.Training with { Epochs = kind == "tokens" ? 20 : 8, Stride = 4 } };
        (double leaking, double honest) = (Loss(recipe, windows: true), Loss(recipe, windows: false));
        Assert.True(leaking < 0.8 * honest, $"{leaking} with the leak, {honest} without");
    }

    // The lowest loss on what is held out.
    private static double Loss(Recipe recipe, bool windows)
    {
        CorpusOptions options = recipe.Corpus with { Split = SplitOptions.Counts(4, 2) with { Windows = windows } };
        Corpus corpus = Corpus.FromScores(Enumerable.Range(0, 6).Select(number => ($"{number}", Motif(number))), options);
        using var folder = new TemporaryFolder();
        using var trainer = new Trainer(recipe with { Corpus = options }, corpus, folder["run"]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        return trainer.Epochs.Min(epoch => epoch.ValidationLoss);
    }

    // A dozen notes by chance, forty times over.
    private static Score Motif(int seed)
    {
        var random = new Random(seed);
        byte[] pitches = [.. Enumerable.Range(0, 12).Select(_ => (byte)random.Next(40, 90))];
        return Score.Piano(Enumerable.Range(0, 480).Select(i => new Note(new Tick(120 * i), new Tick(120), pitches[i % 12], 80)));
    }
}
