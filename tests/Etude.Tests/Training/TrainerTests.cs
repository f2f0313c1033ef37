using Etude.Corpora;
using Etude.Models;
using Etude.Music.Scores;
using Etude.Neural.Checkpoints;
using Etude.Neural.Optimizers;
using Etude.Neural.Tests;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("etude-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Corpus SmallCorpus(int pieces = 6) => Corpus.FromScores(
        from piece in Enumerable.Range(0, pieces)
        select ($"piece-{piece}", Score.Piano(
            from note in Enumerable.Range(0, 120)
            select new Note(new Tick(note * 240), new Tick(240), (byte)(50 + (note * (piece + 2) % 17)), 80))),
        new CorpusOptions { Duplicates = DuplicateHandling.Ignore, Split = SplitOptions.Shares(0.7, 0.3) });

    private static Recipe SmallRecipe => new()
    {
        Name = "small",
        Network = new NetworkOptions { Embedding = 16, Layers = [new LstmOptions(32), new DropoutOptions(0.1f)] },
        Optimizer = new OptimizerSettings { LearningRate = 0.01f, ClipNorm = 1 },
        Training = new TrainingSettings { Epochs = 12, Steps = 20, Batch = 4, KeepEvery = 4 },
    };

    [Fact]
    public void Training_learns_and_keeps_what_it_should()
    {
        using var trainer = new Trainer(SmallRecipe, SmallCorpus(), _folder);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(12, trainer.Epochs.Count);
        Assert.True(trainer.Epochs[^1].TrainLoss < trainer.Epochs[0].TrainLoss / 2, $"{trainer.Epochs[0].TrainLoss} to {trainer.Epochs[^1].TrainLoss}");
        Assert.Equal(
            ["best", "epoch-0004", "epoch-0008", "epoch-0012", "last"],
            Directory.GetDirectories(Path.Combine(_folder, "models")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["epoch-0004.mid", "epoch-0008.mid", "epoch-0012.mid"],
            Directory.GetFiles(Path.Combine(_folder, "samples")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(trainer.Epochs.Select(epoch => epoch.ValidationLoss), MetricsLog.Read(_folder).Select(epoch => epoch.ValidationLoss));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(_folder, "curve.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void Early_stopping_waits_for_its_patience()
    {
        // A rate at which nothing can improve for long.
        Recipe recipe = SmallRecipe with
        {
            Optimizer = new OptimizerSettings { LearningRate = 0.5f },
            Training = SmallRecipe.Training with { Epochs = 200, Patience = 3 },
        };
        using var trainer = new Trainer(recipe, SmallCorpus(), _folder);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        int best = trainer.Epochs.MinBy(epoch => epoch.Score)!.Epoch;
        Assert.Equal(best + 3, trainer.Epochs.Count);
    }

    [Fact]
    public void It_ends_once_so_much_is_learned_and_keeps_that_epoch()
    {
        Recipe recipe = SmallRecipe with { Training = SmallRecipe.Training with { Epochs = 200, UntilAccuracy = 0.8, KeepEvery = 0 } };
        using var trainer = new Trainer(recipe, SmallCorpus(), _folder);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        EpochResult last = trainer.Train(cancellation: TestContext.Current.CancellationToken);
        double taken = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Assert.InRange(trainer.Epochs.Count, 2, 199);
        Assert.True(last.TrainAccuracy >= 0.8 && trainer.Epochs[^2].TrainAccuracy < 0.8);
        Assert.True(Directory.Exists(Path.Combine(_folder, "models", $"epoch-{last.Epoch:D4}")));
        Assert.InRange(trainer.Epochs.Sum(epoch => epoch.Figures["processor_seconds"]), taken / 10, taken);
    }

    [Fact]
    public void Interrupted_amid_an_epoch_it_goes_on_to_the_same_weights()
    {
        string whole = Path.Combine(_folder, "whole"), cut = Path.Combine(_folder, "cut");
        using (var trainer = new Trainer(SmallRecipe, SmallCorpus(), whole)) trainer.Train(cancellation: TestContext.Current.CancellationToken);

        using (var stop = new CancellationTokenSource())
        {
            using var trainer = new Trainer(SmallRecipe, SmallCorpus(), cut);
            int reports = 0;
            // The first report of a call comes with its first batch: the second call is stopped amid an epoch.
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(new Immediate(_ => { if (++reports == 6) stop.Cancel(); }), stop.Token));
        }
        using (var trainer = new Trainer(SmallRecipe, SmallCorpus(), cut, resume: true)) trainer.Train(cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole, "models", "epoch-0012", "model.safetensors")),
            File.ReadAllBytes(Path.Combine(cut, "models", "epoch-0012", "model.safetensors")));
    }

    [Fact]
    public void Other_music_cannot_be_resumed_on()
    {
        Recipe short_ = SmallRecipe with { Training = SmallRecipe.Training with { Epochs = 1 } };
        using (var trainer = new Trainer(short_, SmallCorpus(), _folder)) trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Assert.Throws<FormatException>(() => new Trainer(short_, SmallCorpus(pieces: 9), _folder, resume: true));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_warm_step_allocates_nothing(bool transformer)
    {
        Recipe manyBatches = SmallRecipe with { Training = SmallRecipe.Training with { Steps = 3 } };
        if (transformer)
        {
            manyBatches = manyBatches with
            {
                Network = new NetworkOptions { Embedding = 16, Tied = true, Layers = [new TransformerOptions(2, 2) { Context = 8, Dropout = 0.1f }] },
                Optimizer = new OptimizerSettings { Method = "muon", ClipNorm = 1 },
                Training = manyBatches.Training with { Average = 0.9f },
            };
        }
        using var trainer = new Trainer(manyBatches, SmallCorpus(), _folder);
        var schedule = new CosineSchedule(0.01f, 100);
        bool epochEnded = false;
        Assert.Equal(0, Allocation.WhenWarm(() => epochEnded |= trainer.Update(schedule) is null));
        Assert.False(epochEnded, "the epoch ended before the steps were counted");
    }

    [Fact]
    public void Epochs_counted_in_updates_end_amid_the_pieces_and_go_on_there()
    {
        Recipe recipe = SmallRecipe with { Training = SmallRecipe.Training with { Epochs = 3, Updates = 7, Accumulate = 2, KeepEvery = 0 } };
        var reports = new List<TrainingProgress>();
        using var trainer = new Trainer(recipe, SmallCorpus(), _folder);
        trainer.Train(new Immediate(reports.Add), TestContext.Current.CancellationToken);
        Assert.Equal(3, trainer.Epochs.Count);
        Assert.All(reports, report => Assert.Equal(7, report.Batches));
        Assert.Equal([21], SafetensorsFile.Read(Path.Combine(_folder, Trainer.StateFile)).Tensors["optimizer.step"].ToIntegers());
    }

    [Fact]
    public void Accumulated_batches_weigh_as_much_as_one()
    {
        // One update of plain gradient descent by two batches is half of each of their updates.
        Recipe one = SmallRecipe with
        {
            Optimizer = new OptimizerSettings { Method = "sgd", LearningRate = 1 },
            Schedule = new ScheduleSettings(),
            Network = new NetworkOptions { Embedding = 4, Layers = [] },
            Training = SmallRecipe.Training with { Epochs = 1, Updates = 1, CarryState = false, KeepEvery = 0 },
        };
        float[] start = Weights(one with { Optimizer = one.Optimizer with { LearningRate = 1e-20f } }, "start");
        float[] first = Weights(one, "first");
        float[] both = Weights(one with { Training = one.Training with { Accumulate = 2 } }, "both");
        float[] second = Weights(
            one with { Training = one.Training with { Updates = 2 }, Optimizer = one.Optimizer with { LearningRate = 1e-3f } }, "in turn");
        float[] alone = Weights(one with { Optimizer = one.Optimizer with { LearningRate = 1e-3f } }, "first, a little");
        for (int i = 0; i < start.Length; i++)
        {
            double expected = ((first[i] - start[i]) + ((second[i] - alone[i]) * 1e3)) / 2;
            Assert.Equal(expected, both[i] - start[i], 2e-3);
        }
    }

    [Fact]
    public void Windows_of_any_length_take_as_many_tokens_into_an_update()
    {
        Recipe recipe = SmallRecipe with
        {
            Optimizer = new OptimizerSettings { Method = "sgd", LearningRate = 1 },
            Schedule = new ScheduleSettings(),
            Network = new NetworkOptions { Embedding = 16, Layers = [new LstmOptions(16)] },
            Training = SmallRecipe.Training with { Epochs = 1, Updates = 1, KeepEvery = 0 },
        };
        float[] whole = Weights(recipe, "whole"), same = Weights(Windows(20), "of 20"), parted = Weights(Windows(5), "of 5");
        Assert.Equal(whole, same);
        Assert.NotEqual(whole, parted); // no gradient goes from window to window, but what is remembered does:
        double loss = MetricsLog.Read(Path.Combine(_folder, "whole"))[0].TrainLoss;
        Assert.Equal(loss, MetricsLog.Read(Path.Combine(_folder, "of 5"))[0].TrainLoss, 1e-6);

        // Without memory there is no gradient to lose.
        recipe = recipe with { Network = new NetworkOptions { Embedding = 4, Layers = [] } };
        float[] plain = Weights(recipe, "plain"), plainParted = Weights(Windows(4), "plain, of 4");
        for (int i = 0; i < plain.Length; i++) Assert.Equal(plain[i], plainParted[i], 1e-5f);

        var fault = Assert.Throws<ArgumentException>(() => Weights(Windows(6), "of 6"));
        Assert.Contains("training.windows: 6.", fault.Message, StringComparison.Ordinal);

        Recipe Windows(int length) => recipe with { Training = recipe.Training with { Windows = [length] } };
    }

    private float[] Weights(Recipe recipe, string run)
    {
        using var trainer = new Trainer(recipe, SmallCorpus(), Path.Combine(_folder, run));
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        return [.. trainer.Model.Network.Parameters.SelectMany(parameter => parameter.Data.ToArray())];
    }

    private sealed class Immediate(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
