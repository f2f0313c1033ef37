using Etude.Corpora;
using Etude.Models;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
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
        ["sheets"] = Small with
        {
            Representation = new SheetOptions { Styles = [new SheetStyle("even", ["*0", "*2", "*4"]), new SheetStyle("any", ["*"])] },
            Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(12)] },
            Training = Small.Training with { Transpose = 2, Scale = 0.5f, Headings = 0.7f, Infill = 0.7f },
        },
        ["transformer"] = Small with
        {
            Representation = new NoteDurationOptions(),
            Network = new NetworkOptions { Embedding = 16, Tied = true, Layers = [new TransformerOptions(2, 2) { Context = 12, Dropout = 0.1f }] },
            Optimizer = new OptimizerSettings { Method = "muon", LearningRate = 0.01f },
            Training = Small.Training with { Updates = 5, Accumulate = 2, Average = 0.5f },
        },
        ["timed sheets"] = Small with
        {
            Representation = new SheetOptions(),
            Network = new NetworkOptions { Embedding = 16, Tied = true, Recall = 20, Layers = [new TransformerOptions(2, 2) { Context = 12, Timed = true, Normalized = true }] },
            Training = Small.Training with { Updates = 5, Steps = 8, Infill = 0.7f },
        },
        ["mixed windows"] = Small with
        {
            Representation = new NoteDurationOptions(),
            Network = new NetworkOptions { Embedding = 16, Layers = [new TransformerOptions(2, 2) { Context = 12, Dropout = 0.1f, Recompute = true }] },
            Training = Small.Training with { Windows = [4, 8, 16], Updates = 5 },
        },
        ["merged"] = Small with
        {
            Representation = new NoteDurationOptions { Merges = 12 },
            Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(12)] },
            Training = Small.Training with { Transpose = 1 },
        },
        ["roll-lstm"] = OfRolls(
            new RollLstmOptions { Units = [16, 16] },
            new ObjectiveSettings { Loss = ObjectiveKind.MeanSquaredError, Forcing = 0.5f, FeedProbabilities = true }),
        ["next-note"] = OfRolls(
            new NextNoteOptions { Units = [12, 12], Dropout = 0.2f, Hidden = 8, HiddenDropout = 0.5f }, new ObjectiveSettings()),
        ["encoder-decoder"] = OfRolls(
            new EncoderDecoderOptions { Units = [12, 12], Dropout = 0.2f, Hidden = 8, Attention = true },
            new ObjectiveSettings { Loss = ObjectiveKind.Focal, LastAlpha = 0.75f, MatchDensity = true, Forcing = 0.5f, LastForcing = 0, HeldOutForcing = 0 }),
        ["autoencoder"] = OfRolls(
            new AutoencoderOptions { Units = [32], Latent = 4, Dropout = 0.1f }, new ObjectiveSettings { Loss = ObjectiveKind.MeanSquaredError }),
        ["variational-autoencoder"] = OfRolls(
            new AutoencoderOptions { Units = [32], Latent = 4, Divergence = 0.1f }, new ObjectiveSettings { Loss = ObjectiveKind.BinaryCrossEntropy }),
    };

    private static Recipe OfRolls(RollNetworkOptions network, ObjectiveSettings objective) => Small with
    {
        Representation = new KeyRollOptions { Grid = TimeGrid.PerQuarter(4) },
        Network = network,
        Objective = objective,
        Training = Small.Training with { Stride = 8 },
    };

    private static Recipe Small => new()
    {
        Name = "small",
        Corpus = new CorpusOptions { Split = SplitOptions.Counts(4, 1), Duplicates = DuplicateHandling.Ignore },
        Optimizer = new OptimizerSettings { LearningRate = 0.01f, ClipNorm = 1 },
        Training = new TrainingSettings { Epochs = 2, Steps = 16, Batch = 4, KeepEvery = 0 },
    };

    /// <summary>A few pieces, one of them held out.</summary>
    public static Corpus Corpus(Recipe recipe, int pieces = 5) => Etude.Corpora.Corpus.FromScores(
        SomeScores.Pieces(pieces), recipe.Corpus with { Split = SplitOptions.Counts(pieces - 1, 1) });
}
