using System.Globalization;
using System.Text.Json;
using Etude.Evaluation.Benchmark;
using Etude.Recipes;

namespace Etude.Cli;

/// <summary><c>etude evaluate --benchmark</c>: recipes of the polyphonic benchmark trained and measured, and its floors.</summary>
internal static class BenchmarkEvaluation
{
    /// <summary>Prints what needs no learning on a set's test split.</summary>
    public static void PrintFloors(FrameSet set, bool asJson)
    {
        IFrameModel[] floors = [KeyFloor.Marginal(set.Train), KeyFloor.LastFrame(set.Train)];
        var figures = floors.Select(floor => new { Set = set.Name, floor.Name, Test = FrameLikelihood.NatsPerFrame(floor, set.Test) }).ToArray();
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(figures, RecipeJson.Options));
        foreach (var floor in asJson ? [] : figures) Console.WriteLine(FormattableString.Invariant($"{floor.Set,-12} {floor.Name,-30} {floor.Test,7:F2} nats a frame"));
    }

    /// <summary>Trains a recipe with each seed; each run is kept as soon as it is done.</summary>
    public static void Run(FrameSet set, BenchmarkRecipe recipe, IEnumerable<int> seeds, bool isTrial, string runs, bool asJson)
    {
        var done = new List<BenchmarkRun>();
        foreach (int seed in seeds)
        {
            BenchmarkRecipe seeded = recipe with { Model = recipe.Model with { Seed = seed } };
            var run = BenchmarkRun.Of(set, seeded, isTrial, (round, nats) =>
                Terminal.Error(FormattableString.Invariant($"{set.Name} {recipe.Name} seed {seed} round {round}: validation {nats:F4}")));
            if (!isTrial) run.SaveTo(runs);
            done.Add(run);
        }
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(done, RecipeJson.Options));
        else Print(done);
    }

    /// <summary>Prints all runs kept in a folder.</summary>
    public static void PrintTable(string runs)
    {
        IReadOnlyList<BenchmarkRun> kept = BenchmarkRun.ReadAll(runs);
        if (kept.Count == 0) throw new DirectoryNotFoundException($"{runs} holds no run of the benchmark: etude evaluate recipes/benchmark/joint.json --benchmark jsb makes some.");
        Print(kept);
    }

    // A Markdown table, a row a set and recipe.
    private static void Print(IEnumerable<BenchmarkRun> runs)
    {
        Console.WriteLine("| set | recipe | parameters | validation | test: mean (deviation) | test, each seed | clean chorales | processor minutes |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var group in runs.GroupBy(run => (run.Set, run.Recipe)))
        {
            BenchmarkRun[] all = [.. group];
            Console.WriteLine(FormattableString.Invariant(
                $"| {group.Key.Set} | {group.Key.Recipe} | {all[0].Parameters:N0} | {all.Average(run => run.Validation):F3} | {Spread(all.Select(run => run.Test))} | {Each(all.Select(run => run.Test))} | {Spread(all.Select(run => run.CleanTest))} | {Each(all.Select(run => double.IsNaN(run.ProcessorMinutes) ? null : (double?)run.ProcessorMinutes), "F1")} |"));
        }
    }

    private static string Spread(IEnumerable<double?> figures)
    {
        var spread = Training.Results.Spread.Of(figures.OfType<double>());
        return spread.Count switch
        {
            0 => "",
            1 => FormattableString.Invariant($"{spread.Mean:F3}"),
            _ => FormattableString.Invariant($"{spread.Mean:F3} ({spread.Deviation:F3})"),
        };
    }

    private static string Each(IEnumerable<double?> figures, string format = "F3") =>
        string.Join(", ", figures.OfType<double>().Select(figure => figure.ToString(format, CultureInfo.InvariantCulture)));
}
