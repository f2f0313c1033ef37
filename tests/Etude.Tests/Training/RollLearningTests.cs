using Etude.Composing;
using Etude.Corpora;
using Etude.Models.Rolls;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;

namespace Etude.Tests.Training;

/// <summary>Sparse cells are learned: a network does not stay at predicting silence.</summary>
public sealed class RollLearningTests
{
    [Fact]
    public void Squared_errors_fall_well_below_those_of_silence()
    {
        // From even odds this network stays at 1.08 of silence's error for as long as one cares to wait.
        Recipe recipe = SmallRecipes.All["autoencoder"] with
        {
            Network = new AutoencoderOptions { Units = [256, 64], Latent = 16 },
            Optimizer = new OptimizerSettings(),
            Training = new TrainingSettings { Epochs = 16, Steps = 16, Stride = 8, Batch = 8, KeepEvery = 0 },
        };
        Corpus corpus = SmallRecipes.Corpus(recipe);
        double silence = RollFloor.Of(recipe, corpus).Density;
        using var folder = new TemporaryFolder();
        using var trainer = new Trainer(recipe, corpus, folder["run"]);
        EpochResult last = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.True(last.TrainLoss < 0.6 * silence, $"{last.TrainLoss} beside {silence} of silence");
        Assert.Contains("held out", File.ReadAllText(folder["run/reconstruction.svg"]), StringComparison.Ordinal);
        Assert.Equal(1 + (16 * 6), File.ReadAllLines(folder["run/weights.csv"]).Length); // six matrices an epoch
        Assert.Contains("16 epochs", File.ReadAllText(folder["run/weights.svg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fresh_network_expects_each_key_as_often_as_the_music_has_it()
    {
        foreach (string kind in new[] { "roll-lstm", "encoder-decoder", "autoencoder" })
        {
            Recipe recipe = SmallRecipes.All[kind] with { Training = SmallRecipes.All[kind].Training with { Epochs = 1 }, Optimizer = new OptimizerSettings { LearningRate = 1e-9f } };
            Corpus corpus = SmallRecipes.Corpus(recipe);
            using var folder = new TemporaryFolder();
            using var trainer = new Trainer(recipe, corpus, folder["run"]);
            EpochResult first = trainer.Train(cancellation: TestContext.Current.CancellationToken);
            Assert.InRange(first.Figures["validation_nats_per_step"], 0, 1.6 * RollFloor.Of(recipe, corpus).MarginalNats);
        }
    }

    [Fact]
    public void A_matched_threshold_sets_as_many_cells_as_the_music_has_and_stays_with_the_model()
    {
        Recipe recipe = SmallRecipes.All["encoder-decoder"] with
        {
            Objective = new ObjectiveSettings { Loss = ObjectiveKind.Focal, Alpha = 0.75f, MatchDensity = true },
        };
        Corpus corpus = SmallRecipes.Corpus(recipe);
        using var folder = new TemporaryFolder();
        using var trainer = new Trainer(recipe, corpus, folder["run"]);
        EpochResult last = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(last.Figures["validation_density"] / last.Figures["validation_target_density"], 0.7, 1.4);
        var model = (RollModel)TrainedModel.Load(folder["run/models/last"]);
        Assert.NotEqual(recipe.Objective.Threshold, model.Threshold);
        Assert.Equal(((RollModel)trainer.Model).Threshold, model.Threshold);
    }
}
