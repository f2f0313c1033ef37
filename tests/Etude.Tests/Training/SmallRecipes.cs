using Etude.Corpora;
using Etude.Models;
using Etude.Music.Representations;
using Etude.Recipes;
using Etude.Tests.Corpora;

namespace Etude.Tests.Training;

/// <summary>A recipe of each kind, small enough to train in a moment.</summary>
internal static class SmallRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["tokens"] = Small with
        {
            Representation = new NoteDurationOptions(),
            Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(12), new DropoutOptions(0.2f)] },
        },
    };

    private static Recipe Small => new()
    {
        Name = "small",
        Corpus = new CorpusOptions { Split = SplitOptions.Counts(4, 1), Duplicates = DuplicateHandling.Ignore },
        Optimizer = new OptimizerSettings { LearningRate = 0.01f, ClipNorm = 1 },
        Training = new TrainingSettings { Epochs = 2, Steps = 16, Batch = 4, KeepEvery = 1 },
    };

    /// <summary>A few pieces, one of them held out.</summary>
    public static Corpus Corpus(Recipe recipe, int pieces = 5) => Etude.Corpora.Corpus.FromScores(
        SomeScores.Pieces(pieces), recipe.Corpus with { Split = SplitOptions.Counts(pieces - 1, 1) });
}
