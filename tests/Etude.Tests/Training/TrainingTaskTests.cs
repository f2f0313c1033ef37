using Etude.Corpora;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;

namespace Etude.Tests.Training;

/// <summary>One trainer for every kind of model.</summary>
public sealed class TrainingTaskTests
{
    public static TheoryData<string> Kinds => [.. SmallRecipes.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_that_was_interrupted_goes_on_to_the_same_bytes(string kind)
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = SmallRecipes.All[kind];
        Corpus corpus = SmallRecipes.Corpus(recipe);
        using (var whole = new Trainer(recipe, corpus, folder["whole"])) whole.Train(cancellation: TestContext.Current.CancellationToken);

        using (var first = new Trainer(recipe, corpus, folder["parts"]))
        {
            using var afterOneBatch = new CancellationTokenSource();
            afterOneBatch.Cancel();
            Assert.Throws<OperationCanceledException>(() => first.Train(null, afterOneBatch.Token));
        }
        using (var second = new Trainer(recipe, corpus, folder["parts"], resume: true)) second.Train(cancellation: TestContext.Current.CancellationToken);

        foreach (string file in new[] { "state.safetensors", "models/last/model.safetensors", "models/best/model.safetensors" })
        {
            byte[] expected = File.ReadAllBytes(folder[$"whole/{file}"]), actual = File.ReadAllBytes(folder[$"parts/{file}"]);
            // The state ends its metadata with seconds and speed, which differ from run to run: compare what follows the header.
            Assert.True(Tensors(expected).SequenceEqual(Tensors(actual)), $"{kind}: {file} differs");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_lowers_the_loss_and_the_log_reads_back(string kind)
    {
        using var folder = new TemporaryFolder();
        Recipe recipe = SmallRecipes.All[kind] with { Training = SmallRecipes.All[kind].Training with { Epochs = 6 } };
        using var trainer = new Trainer(recipe, SmallRecipes.Corpus(recipe), folder["run"]);
        EpochResult last = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.True(last.TrainLoss < trainer.Epochs[0].TrainLoss, $"{kind}: {trainer.Epochs[0].TrainLoss} to {last.TrainLoss}");
        EpochResult read = MetricsLog.Read(folder["run"])[^1];
        Assert.Equal(last.ValidationLoss, read.ValidationLoss);
        Assert.Equal(last.TrainAccuracy, read.TrainAccuracy);
        Assert.Equal(last.Figures, read.Figures);
    }

    private static ReadOnlySpan<byte> Tensors(byte[] safetensors) => safetensors.AsSpan(8 + (int)BitConverter.ToInt64(safetensors));
}
