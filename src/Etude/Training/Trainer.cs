using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>
/// Trains what a recipe describes into a run folder: kept models, <c>metrics.csv</c>, <c>curve.svg</c>, <c>weights.svg</c>, of an
/// autoencoder <c>reconstruction.svg</c>, TensorBoard events, and
/// <c>state.safetensors</c>, from which an interrupted training goes on to the same bytes as one that was not.
/// </summary>
/// <example><code>
/// Recipe recipe = Recipe.Load("recipes/note-duration-v5.json");
/// Corpus corpus = Corpus.Prepare("midi", recipe.Corpus);
/// using var trainer = new Trainer(recipe, corpus, "runs/v5");
/// EpochResult last = trainer.Train(progress, cancellation);
/// </code></example>
public sealed partial class Trainer : IDisposable
{
    /// <summary>The file of a run that holds all that going on needs.</summary>
    public const string StateFile = "state.safetensors";

    /// <summary>The folder of a run that holds a piece composed at each kept epoch, always by the same seed.</summary>
    public const string SamplesFolder = "samples";

    private readonly Recipe _recipe;
    private readonly Corpus _corpus;
    private readonly string _folder;
    private readonly TrainingTask _task;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly RandomSource _random;
    private readonly Tape _tape = new();
    private readonly List<EpochResult> _epochs = [];
    private readonly Tally _tally = new();

    /// <summary>Makes a new run, or takes up the one in the folder.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="corpus">What to learn from; prepared by the recipe's corpus options.</param>
    /// <param name="runFolder">The run folder; made where it is missing.</param>
    /// <param name="resume">Whether to go on with the run that the folder holds.</param>
    /// <exception cref="IOException">The folder holds a run already, or, to resume, none.</exception>
    /// <exception cref="FormatException">The saved state is not one of this recipe and corpus.</exception>
    public Trainer(Recipe recipe, Corpus corpus, string runFolder, bool resume = false)
    {
        (_recipe, _corpus, _folder) = (recipe, corpus, runFolder);
        string statePath = Path.Combine(runFolder, StateFile);
        if (File.Exists(statePath) != resume)
        {
            throw new IOException(resume
                ? $"{runFolder} holds no {StateFile} to resume from: start it without --resume."
                : $"{runFolder} holds a run already: go on with --resume, or give another --name.");
        }
        Directory.CreateDirectory(runFolder);
        _random = new RandomSource(recipe.Training.Seed);
        _task = TrainingTask.Create(recipe, corpus, _random);
        _parameters = Model.Network.Parameters;
        _optimizer = recipe.Optimizer.Create(_parameters);
        _average = recipe.Training.Average > 0 ? new WeightAverage(_parameters, recipe.Training.Average) : null;
        if (resume) Restore(SafetensorsFile.Read(statePath));
        else recipe.SaveTo(runFolder);
        AtomicFile.WriteText(Path.Combine(runFolder, CorpusList.FileName), CorpusList.Of(corpus).ToJson());
        if (Model is TokenModel) DescribeCorpus(runFolder, [.. corpus.In(Split.Training)]);
    }

    /// <summary>Tokens, or steps of a roll, to predict in one epoch; nearly so where the recipe counts updates.</summary>
    public long StepsPerEpoch => _recipe.Training is { Updates: { } updates } training
        ? (long)updates * training.Accumulate * training.Batch * training.Steps
        : _task.StepsPerEpoch;

    /// <summary>What is being trained.</summary>
    public TrainedModel Model => _task.Model;

    /// <summary>The epochs finished.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <inheritdoc/>
    public void Dispose() => _tape.Dispose();

    /// <summary>Trains to the recipe's last epoch, or until what stops it earlier. When cancelled, the state is saved first.</summary>
    /// <returns>The last epoch.</returns>
    /// <exception cref="OperationCanceledException">The training was interrupted; its state is saved.</exception>
    public EpochResult Train(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var board = new TensorBoardWriter(_folder);
        var weights = new WeightHistory(_folder, _epochs.Count);
        var clock = new Clock();
        while (!IsDone())
        {
            TrainEpoch(clock, progress, cancellation);
            _average?.Swap();
            EpochResult result = Finish(clock);
            _epochs.Add(result);
            Keep(result);
            Write(board, result);
            weights.Add(result.Epoch, _parameters);
            _average?.Swap();
            SaveState();
            progress?.Report(Progress(clock, UpdatesPerEpoch) with { Epoch = result.Epoch, Finished = result });
        }
        return _epochs[^1];
    }

    private bool IsDone()
    {
        if (_epochs.Count >= _recipe.Training.Epochs) return true;
        if (_recipe.Training.UntilAccuracy is > 0 and var enough && _epochs.Count > 0 && _epochs[^1].TrainAccuracy >= enough) return true;
        int patience = _recipe.Training.Patience;
        return patience > 0 && _epochs.Count - BestEpoch() >= patience;
    }

    // What composing heeds: what not to copy, and what is usual.
    private static void DescribeCorpus(string folder, CorpusPiece[] pieces)
    {
        string runs = Path.Combine(folder, CorpusRuns.FileName), metrics = Path.Combine(folder, UsualMetrics.FileName);
        if (!File.Exists(runs)) CorpusRuns.Build(pieces.Select(piece => piece.Score)).Save(runs);
        if (!File.Exists(metrics)) UsualMetrics.Of([.. pieces.Select(piece => (Func<Score>)(() => piece.Score))]).Save(metrics);
    }

    // The number, from 1, of the first epoch with the lowest score; 0 before any.
    private int BestEpoch() => _epochs.Count == 0 ? 0 : _epochs.MinBy(epoch => epoch.Score)!.Epoch;

    // Changes of the weights in the epoch that has begun.
    private int UpdatesPerEpoch => _recipe.Training.Updates ?? Ceiling(_task.BatchesInEpoch, _recipe.Training.Accumulate);

    private void TrainEpoch(Clock clock, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        LearningRateSchedule schedule = _recipe.Schedule.For(
            _recipe.Optimizer.LearningRate, UpdatesPerEpoch, _recipe.Training.Epochs, _epochs.Select(epoch => epoch.Score));
        while (Update(schedule) is { } steps)
        {
            clock.Count(steps);
            if (clock.IsReportDue()) progress?.Report(Progress(clock, UpdatesDone));
            if (cancellation.IsCancellationRequested || clock.IsSaveDue()) SaveState();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private int UpdatesDone => _recipe.Training.Updates is { } updates
        ? _optimizer.StepCount - (_epochs.Count * updates)
        : Ceiling(_task.Position.Batch, _recipe.Training.Accumulate);

    private static int Ceiling(int count, int size) => (count + size - 1) / size;

    /// <summary>One change of the weights, which allocates nothing once warm; null once at the end of each epoch.</summary>
    /// <returns>How many tokens or steps of a roll it learned from.</returns>
    internal int? Update(LearningRateSchedule schedule)
    {
        if (_recipe.Training.Updates is { } updates && UpdatesDone >= updates) return null;
        int learned = 0, accumulate = _recipe.Training.Accumulate;
        for (int batch = 0; batch < accumulate; batch++)
        {
            if (batch > 0 && _task.Position.Batch == _task.BatchesInEpoch) break;
            if (Backward(1f / accumulate) is { } steps)
            {
                learned += steps;
                continue;
            }
            if (_recipe.Training.Updates is null) return null;
            batch--; // all pieces were seen; they begin anew
        }
        if (_recipe.Optimizer.ClipNorm > 0) Gradients.ClipByNorm(_parameters, _recipe.Optimizer.ClipNorm);
        _optimizer.LearningRate = schedule.At(_optimizer.StepCount);
        _optimizer.Step();
        _average?.Update();
        return learned;
    }

    // Adds the gradients of one batch; null once when all pieces were seen.
    private int? Backward(float share)
    {
        int learned = 0;
        do
        {
            if (_task.Forward(_tape, _tally) is not var (loss, steps)) return null;
            _tape.Backward(share == 1 ? loss : _tape.Scale(loss, share));
            if (!float.IsFinite(loss.Scalar))
            {
                throw new InvalidDataException(
                    $"The loss is no longer a number in epoch {_epochs.Count + 1}. Lower optimizer.learningRate or set optimizer.clipNorm; --resume goes back to the last finished epoch.");
            }
            _tape.Reset();
            learned += steps;
        }
        while (!_task.IsBatchDone);
        return learned;
    }

    private EpochResult Finish(Clock clock)
    {
        _task.EndEpoch();
        double speed = clock.EpochTokensPerSecond;
        Tally heldOut = _task.MeasureHeldOut();
        double processor = clock.EpochProcessorSeconds;
        var figures = _tally.Figures().Select(figure => ($"train_{figure.Name}", figure.Value))
            .Concat(heldOut.Figures().Select(figure => ($"validation_{figure.Name}", figure.Value)));
        var result = new EpochResult(
            _epochs.Count + 1, _tally.Loss, _tally.Accuracy, heldOut.Loss, heldOut.Accuracy, _optimizer.LearningRate, speed, clock.EndEpoch())
        {
            Figures = figures.Append((EpochResult.ProcessorSeconds, processor)).ToDictionary(),
        };
        _tally.Clear();
        return result;
    }

    private void Keep(EpochResult result)
    {
        int every = _recipe.Training.KeepEvery;
        bool isKept = IsDone() || (every > 0 && result.Epoch % every == 0), isBest = BestEpoch() == result.Epoch;
        if (!isKept && !isBest) return;
        _task.Complete(_folder);
        string models = Path.Combine(_folder, RunFolder.Models);
        string card = ModelCard.Write(Model, _corpus, _epochs);
        if (isKept)
        {
            Model.Save(Path.Combine(models, $"epoch-{result.Epoch:D4}"), card);
            Directory.CreateDirectory(Path.Combine(_folder, SamplesFolder));
            Score sample = new Composer(Model).Compose(new ComposeOptions { Seed = 1, Bars = 16 }).Score;
            MidiFile.Write(sample, Path.Combine(_folder, SamplesFolder, $"epoch-{result.Epoch:D4}.mid"));
        }
        if (isBest) Model.Save(Path.Combine(models, RunFolder.Best), card);
    }

    private void Write(TensorBoardWriter board, EpochResult result)
    {
        MetricsLog.Write(_folder, _epochs);
        AtomicFile.WriteText(Path.Combine(_folder, "curve.svg"), LossCurve.Draw(_recipe.Name, _epochs));
        board.Scalar("loss/training", result.Epoch, (float)result.TrainLoss);
        board.Scalar("accuracy/training", result.Epoch, (float)result.TrainAccuracy);
        if (double.IsFinite(result.ValidationLoss))
        {
            board.Scalar("loss/held-out", result.Epoch, (float)result.ValidationLoss);
            board.Scalar("accuracy/held-out", result.Epoch, (float)result.ValidationAccuracy);
        }
        foreach (var (name, value) in result.Figures) board.Scalar($"measures/{name}", result.Epoch, (float)value);
        board.Scalar("learning-rate", result.Epoch, result.LearningRate);
        foreach (Parameter parameter in _parameters) board.Histogram($"weights/{parameter.Name}", result.Epoch, parameter.Data);
        board.Flush();
    }

    private TrainingProgress Progress(Clock clock, int updates)
    {
        int epoch = Math.Min(_epochs.Count + 1, _recipe.Training.Epochs), all = UpdatesPerEpoch;
        double tokensLeft = StepsPerEpoch * (_recipe.Training.Epochs - _epochs.Count - (updates < all ? (double)updates / all : 0));
        return new TrainingProgress
        {
            Epoch = epoch,
            Epochs = _recipe.Training.Epochs,
            Batch = updates,
            Batches = all,
            Loss = _tally.IsEmpty ? 0 : _tally.Loss,
            Accuracy = _tally.IsEmpty ? 0 : _tally.Accuracy,
            TokensPerSecond = clock.TokensPerSecond,
            TimeLeft = TimeSpan.FromSeconds(Math.Min(tokensLeft / Math.Max(clock.TokensPerSecond, 1e-3), 1e9)),
        };
    }
}
