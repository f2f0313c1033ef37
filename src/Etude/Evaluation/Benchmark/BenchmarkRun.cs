using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Etude.Recipes;

namespace Etude.Evaluation.Benchmark;

/// <summary>One recipe of the polyphonic benchmark trained once on one set; nats a frame.</summary>
public sealed record BenchmarkRun
{
    /// <summary>The set's name.</summary>
    public required string Set { get; init; }

    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>All of the model's settings, with the seed.</summary>
    public required FrameModelOptions Model { get; init; }

    /// <summary>The number of weights.</summary>
    public required long Parameters { get; init; }

    /// <summary>After how many rounds (or epochs) validation was best: these weights were kept.</summary>
    public required int BestRound { get; init; }

    /// <summary>On the validation split, or the part of it that was measured after each round.</summary>
    public required double Validation { get; init; }

    /// <summary>On the test split, measured once, after training; none in a trial.</summary>
    public double? Test { get; init; }

    /// <summary>On JSB's 49 clean chorales.</summary>
    public double? CleanTest { get; init; }

    /// <summary>How long the training took, with its validation.</summary>
    public required double Minutes { get; init; }

    /// <summary>The processor time in it, of all threads: less than <see cref="Minutes"/> where others used the machine too.</summary>
    public double ProcessorMinutes { get; init; } = double.NaN;

    /// <summary>The processor, and how many threads the engine used.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Trains, and measures the test split unless this is a trial, which sees only validation.</summary>
    /// <param name="set">The set.</param>
    /// <param name="recipe">The recipe for that set.</param>
    /// <param name="isTrial">Whether the test split stays unseen.</param>
    /// <param name="progress">Told after each round: its number, from 1, and validation nats a frame.</param>
    public static BenchmarkRun Of(FrameSet set, BenchmarkRecipe recipe, bool isTrial = false, Action<int, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(recipe);
        (int Round, double Nats) best = (0, double.PositiveInfinity);
        var watch = Stopwatch.StartNew();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        IFrameModel model = recipe.Model switch
        {
            KeyModelOptions keys => KeyModel.Train(set, keys, Follow),
            SequenceModelOptions sequence => SequenceModel.Train(set, sequence, Follow),
            _ => throw new ArgumentException($"No model has {recipe.Model.GetType().Name}.", nameof(recipe)),
        };
        return new BenchmarkRun
        {
            Set = set.Name,
            Recipe = recipe.Name,
            Model = recipe.Model,
            Parameters = model.ParameterCount,
            BestRound = best.Round,
            Validation = best.Nats,
            Minutes = watch.Elapsed.TotalMinutes,
            ProcessorMinutes = (Environment.CpuUsage.TotalTime - before).TotalMinutes,
            Machine = Processor.Description,
            Test = isTrial ? null : FrameLikelihood.NatsPerFrame(model, set.Test),
            CleanTest = isTrial || set.Name != "jsb" ? null : FrameLikelihood.NatsPerFrame(model, FrameLikelihood.CleanTest(set)),
        };

        void Follow(int round, double nats)
        {
            if (nats < best.Nats) best = (round, nats);
            progress?.Invoke(round, nats);
        }
    }

    /// <summary>Writes the run as <c>benchmark/set/recipe/seed-1.json</c> into a folder of runs.</summary>
    public void SaveTo(string runs)
    {
        string path = Path.Combine(runs, Folder, Set, Recipe, $"seed-{Model.Seed}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Json));
    }

    /// <summary>All that <see cref="SaveTo"/> wrote into a folder of runs, by set, recipe and seed.</summary>
    public static IReadOnlyList<BenchmarkRun> ReadAll(string runs)
    {
        string folder = Path.Combine(runs, Folder);
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.EnumerateFiles(folder, "seed-*.json", SearchOption.AllDirectories)
            .Select(path => JsonSerializer.Deserialize<BenchmarkRun>(File.ReadAllText(path), Json)!)
            .OrderBy(run => (run.Set, run.Recipe, run.Model.Seed))];
    }

    private const string Folder = "benchmark";

    private static readonly JsonSerializerOptions Json = new(RecipeJson.Options) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
