using System.Collections.Immutable;
using Etude.Composing;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;
using Etude.Studio;
using Etude.Studio.Models;

namespace Etude.EndToEnd.Tests.Studio;

/// <summary>Models on the disk, as the studio finds them.</summary>
public sealed class ModelShelfTests : IDisposable
{
    private readonly string runs = Directory.CreateTempSubdirectory("etude-runs-").FullName;

    [Fact]
    public void The_best_model_of_each_run_composes_and_so_do_its_kept_epochs()
    {
        TokenModel model = Untrained();
        model.Save(Path.Combine(runs, "first", "models", "best"), "A card.");
        model.Save(Path.Combine(runs, "first", "models", "epoch-0005"), "A card.");
        Directory.CreateDirectory(Path.Combine(runs, "unfinished"));
        ModelShelf shelf = new(new StudioOptions { Runs = runs });
        Assert.Equal("first", Assert.Single(shelf.List(), listed => listed.Name != "built-in").Name);
        foreach (string name in new[] { "first", "first/epoch-0005" })
        {
            Assert.True(shelf.Has(name));
            Composition piece = shelf.Compose(name, new ComposeOptions { Bars = 2, Seed = 3 }, new Progress<CompositionProgress>(), CancellationToken.None);
            Assert.Equal(64, piece.ModelHash.Length);
        }
        foreach (string name in new[] { "first/epoch-0006", "../first", "first/../first", "first/models/best", "", "/" }) Assert.False(shelf.Has(name), name);
    }

    public void Dispose() => Directory.Delete(runs, recursive: true);

    private static TokenModel Untrained()
    {
        Recipe recipe = new() { Name = "untrained", Description = "Knows nothing." };
        Score scale = Score.Piano(Enumerable.Range(0, 32).Select(i => new Note(new(i * 240), new(240), (byte)(48 + i), 80)));
        TokenRepresentation representation = ((TokenOptions)recipe.Representation).Fit(ImmutableArray.Create(scale));
        return TokenModel.Create(recipe, representation, new RandomSource(1));
    }
}
