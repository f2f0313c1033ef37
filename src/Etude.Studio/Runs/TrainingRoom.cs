using System.Diagnostics.CodeAnalysis;
using Etude.Composing;
using Etude.Corpora;
using Etude.Recipes;
using Etude.Studio.Corpora;
using Etude.Studio.Hosting;
using Etude.Training;

namespace Etude.Studio.Runs;

/// <summary>
/// Trains runs, one at a time, in the order they were asked for. What it is to do lies in the runs' folders, so that a
/// restart goes on where the last state was saved.
/// </summary>
[SuppressMessage("Performance", "CA1812", Justification = "made by the service container")]
internal sealed partial class TrainingRoom(
    StudioOptions options, RecipeShelf recipes, CorpusFolders folders, TimeProvider clock, ILogger<TrainingRoom> logger) : BackgroundService
{
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim look = new(1);
    private readonly SemaphoreSlim work = new(0);
    private readonly CorpusCache cache = CorpusCache.At(Path.Combine(options.Data, "cache", "corpora"));
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource? stopping;
    private string? active;
    private RunState activeState;
    private RunView.Progress? progress;

    /// <summary>Done when any run has changed since the task was asked for.</summary>
    public Task Changed
    {
        get
        {
            lock (gate) return changed.Task;
        }
    }

    public IReadOnlyList<RunView> List() => Directory.Exists(options.Runs)
        ? [.. Directory.EnumerateDirectories(options.Runs).Where(IsRun).OrderByDescending(Directory.GetCreationTimeUtc).Select(View)]
        : [];

    /// <exception cref="StudioFault">There is no such run.</exception>
    public RunView Find(string name) => View(FolderOf(name));

    /// <exception cref="StudioFault">The name is taken, or the recipe or the folder is not there.</exception>
    public RunView Start(RunRequest request)
    {
        string folder = folders.PathOf(request.Folder);
        Recipe recipe = recipes.Find(request.Recipe);
        recipe = recipe with { Training = recipe.Training with { Epochs = request.Epochs ?? recipe.Training.Epochs } };
        string run = Path.Combine(options.Runs, request.Name.Trim());
        lock (gate)
        {
            if (Directory.Exists(run)) throw new StudioFault(StatusCodes.Status409Conflict, "The name is taken", $"There is a run named {request.Name} already.");
            Directory.CreateDirectory(run);
            File.WriteAllText(Path.Combine(run, "recipe.json"), recipe.ToJson());
            new RunJob { Folder = folder, Created = clock.GetUtcNow(), State = RunState.Waiting }.Write(run);
        }
        Tell();
        work.Release();
        return View(run);
    }

    /// <summary>Stops a run; its state is saved first.</summary>
    public RunView Stop(string name)
    {
        string run = FolderOf(name);
        lock (gate)
        {
            if (RunJob.Read(run) is not { State: RunState.Waiting } job) throw new StudioFault(StatusCodes.Status409Conflict, "Not under way", "This run is not under way.");
            (job with { State = RunState.Stopped }).Write(run);
            if (active == run) stopping?.Cancel();
        }
        Tell();
        return View(run);
    }

    /// <summary>Goes on with a run from its last saved state.</summary>
    public RunView Resume(string name)
    {
        string run = FolderOf(name);
        RunJob job = RunJob.Read(run) ?? throw new StudioFault(StatusCodes.Status409Conflict, "Made elsewhere", "This run was not begun in the studio; 'etude train --resume' goes on with it.");
        if (job.State is not (RunState.Stopped or RunState.Failed)) throw new StudioFault(StatusCodes.Status409Conflict, "Nothing to resume", "This run is under way or done.");
        (job with { State = RunState.Waiting, Fault = null }).Write(run);
        Tell();
        work.Release();
        return View(run);
    }

    public void Delete(string name)
    {
        string run = FolderOf(name);
        lock (gate)
        {
            if (active == run) throw new StudioFault(StatusCodes.Status409Conflict, "Under way", "Stop the run first.");
            Directory.Delete(run, recursive: true);
        }
        Tell();
    }

    /// <summary>Reads the music as a recipe would, and tries how long a pass takes; one look at a time.</summary>
    public async Task<CorpusView> LookAsync(string folderId, string recipeName, CancellationToken cancellation)
    {
        string folder = folders.PathOf(folderId);
        Recipe recipe = recipes.Find(recipeName);
        await look.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => Look(folder, recipe, cancellation), cancellation);
        }
        catch (CorpusException fault)
        {
            throw StudioFault.Unreadable(fault.Message);
        }
        finally
        {
            look.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        look.Dispose();
        work.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            while (NextWaiting() is { } run)
            {
                await Task.Factory.StartNew(() => Train(run, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                if (stoppingToken.IsCancellationRequested) return;
            }
            await work.WaitAsync(stoppingToken);
        }
    }

    private CorpusView Look(string folder, Recipe recipe, CancellationToken cancellation)
    {
        Corpus corpus = Corpus.Prepare(folder, recipe.ResolveCorpus(), cache, cancellation: cancellation);
        if (!corpus.In(Split.Training).Any()) return CorpusView.From(corpus, null);
        string trial = Directory.CreateTempSubdirectory("etude-trial-").FullName;
        try
        {
            using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using Trainer trainer = new(recipe, corpus, trial);
            Watch watch = new();
            time.CancelAfter(Trial);
            try
            {
                trainer.Train(watch, time.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // The trial is over.
            }
            return CorpusView.From(corpus, watch.SecondsAnEpoch);
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    private string? NextWaiting() => Directory.Exists(options.Runs)
        ? Directory.EnumerateDirectories(options.Runs).Select(run => (run, job: RunJob.Read(run))).Where(pair => pair.job?.State == RunState.Waiting)
            .OrderBy(pair => pair.job!.Created).Select(pair => pair.run).FirstOrDefault()
        : null;

    private void Train(string run, CancellationToken closing)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(closing);
        Become(run, RunState.Preparing, stop);
        try
        {
            Recipe recipe = Recipe.Load(Path.Combine(run, "recipe.json"));
            Corpus corpus = Corpus.Prepare(RunJob.Read(run)!.Folder, recipe.ResolveCorpus(), cache, cancellation: stop.Token);
            using Trainer trainer = new(recipe, corpus, run, resume: File.Exists(Path.Combine(run, Trainer.StateFile)));
            Become(run, RunState.Training, stop);
            trainer.Train(new Teller(this), stop.Token);
            End(run, RunState.Done);
        }
        catch (OperationCanceledException)
        {
            // Stopped by hand: the job says so. Closing: the job still waits, and the next start goes on with it.
        }
        catch (Exception fault)
        {
            LogFailed(logger, run, fault);
            End(run, RunState.Failed, fault is CorpusException or IOException or FormatException or ArgumentException ? fault.Message : "The training met a fault of its own; the studio's log has the particulars.");
        }
        finally
        {
            Become(null, RunState.Waiting, null);
        }
    }

    private static void End(string run, RunState state, string? fault = null) => (RunJob.Read(run)! with { State = state, Fault = fault }).Write(run);

    private void Become(string? run, RunState state, CancellationTokenSource? stop)
    {
        lock (gate) (active, activeState, stopping, progress) = (run, state, stop, null);
        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource before;
        lock (gate)
        {
            before = changed;
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        before.SetResult();
    }

    private RunView View(string run)
    {
        RunJob? job = RunJob.Read(run);
        Recipe recipe = Recipe.Load(Path.Combine(run, "recipe.json"));
        IReadOnlyList<RunView.Epoch> epochs = [.. MetricsLog.Read(run).Select(RunView.Epoch.From)];
        string models = Path.Combine(run, RunFolder.Models);
        RunState state = job?.State ?? (epochs.Count >= recipe.Training.Epochs ? RunState.Done : RunState.Stopped);
        RunView.Progress? now = null;
        lock (gate)
        {
            if (active == run) (state, now) = (activeState, progress);
        }
        return new RunView(
            Path.GetFileName(run), recipe.Name, state, job is not null && state is RunState.Stopped or RunState.Failed, recipe.Training.Epochs, epochs, now,
            Directory.Exists(models) ? [.. Directory.EnumerateDirectories(models).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)] : [], job?.Fault);
    }

    private string FolderOf(string name) =>
        (Directory.Exists(options.Runs) ? Directory.EnumerateDirectories(options.Runs).FirstOrDefault(run => Path.GetFileName(run) == name && IsRun(run)) : null)
        ?? throw StudioFault.NotFound($"There is no run named {name}.");

    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "recipe.json"));

    [LoggerMessage(Level = LogLevel.Error, Message = "The run {Run} failed.")]
    private static partial void LogFailed(ILogger logger, string run, Exception fault);

    private sealed class Teller(TrainingRoom room) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (room.gate) room.progress = RunView.Progress.From(value);
            room.Tell();
        }
    }

    private sealed class Watch : IProgress<TrainingProgress>
    {
        public double? SecondsAnEpoch { get; private set; }

        public void Report(TrainingProgress value)
        {
            double left = value.Epochs - value.Epoch + 1 - (double)value.Batch / Math.Max(1, value.Batches);
            if (left > 0 && value.TimeLeft > TimeSpan.Zero) SecondsAnEpoch = value.TimeLeft.TotalSeconds / left;
        }
    }
}
