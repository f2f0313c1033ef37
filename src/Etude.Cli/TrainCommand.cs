using System.CommandLine;
using Etude.Corpora;
using Etude.Recipes;
using Etude.Training;
using Etude.Training.Results;

namespace Etude.Cli;

/// <summary><c>etude train</c>: learns from a folder.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var recipeFile = new Argument<string>("recipe") { Description = "A recipe file; see recipes/." };
        var folder = new Argument<string>("folder") { Description = "A folder of MIDI files." };
        var runs = new Option<string>("--runs") { Description = "Where runs are kept. Default: runs.", DefaultValueFactory = _ => "runs" };
        var name = new Option<string?>("--name") { Description = "The run's name. Default: the recipe's." };
        var resume = new Option<bool>("--resume") { Description = "Go on with an interrupted run." };
        var epochs = new Option<int?>("--epochs") { Description = "Instead of the recipe's." };
        var seed = new Option<ulong?>("--seed") { Description = "Instead of the recipe's." };
        var seeds = new Option<int>("--seeds") { Description = "Train so many times, the seed counting up, into <name>-seed-1 and so on, and print mean and deviation.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "With --seeds: print the figures as JSON." };
        var minutes = new Option<double?>("--minutes") { Description = "Stop after so many minutes, as Ctrl-C does; --resume goes on." };
        var command = new Command("train", """
            Trains a recipe on a folder of MIDI files. Ctrl-C saves everything; --resume goes on.

            Example:
              etude train recipes/starter.json assets/starter
              etude generate --model runs/starter
            """) { recipeFile, folder, runs, name, resume, epochs, seed, seeds, minutes, json };
        var corpusArguments = new CorpusArguments(command);
        command.SetAction((parsed, cancellation) =>
        {
            Recipe recipe = Recipe.Load(parsed.GetValue(recipeFile)!);
            recipe = recipe with
            {
                Corpus = corpusArguments.Over(recipe.Corpus, parsed),
                Training = recipe.Training with
                {
                    Epochs = parsed.GetValue(epochs) ?? recipe.Training.Epochs,
                    Seed = parsed.GetValue(seed) ?? recipe.Training.Seed,
                },
            };
            Corpus corpus = CorpusReading.Prepare(parsed.GetValue(folder)!, recipe.ResolveCorpus(), cancellation);
            string run = Path.Combine(parsed.GetValue(runs)!, parsed.GetValue(name) ?? recipe.Name);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(minutes) is { } time) limit.CancelAfter(TimeSpan.FromMinutes(time));
            int count = parsed.GetValue(seeds);
            if (count == 1)
            {
                Print(recipe, run, Run(recipe, corpus, run, parsed.GetValue(resume), limit.Token));
                return Task.FromResult(0);
            }
            if (count < 1) throw new ArgumentException("--seeds must be 1 or more.");
            string[] folders = [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{run}-seed-{recipe.Training.Seed + (ulong)i}"))];
            foreach (var (i, each) in folders.Index())
            {
                // Of an interrupted series --resume goes on where it stopped and passes over what is done.
                Recipe seeded = recipe with { Training = recipe.Training with { Seed = recipe.Training.Seed + (ulong)i } };
                Run(seeded, corpus, each, parsed.GetValue(resume) && File.Exists(Path.Combine(each, Trainer.StateFile)), limit.Token);
            }
            RecipeResult result = RecipeResult.OfRuns(folders);
            Console.Write(parsed.GetValue(json) ? TabulateCommand.Json([result]) + "\n" : ResultTable.Markdown([result]));
            return Task.FromResult(0);
        });
        return command;
    }

    private static IReadOnlyList<EpochResult> Run(Recipe recipe, Corpus corpus, string run, bool resume, CancellationToken cancellation)
    {
        Terminal.Error(FormattableString.Invariant(
            $"{recipe.Name}: {corpus.In(Split.Training).Count():N0} pieces to learn from, {corpus.In(Split.Validation).Count():N0} held out, into {run}"));
        using var trainer = new Trainer(recipe, corpus, run, resume);
        Terminal.Error(FormattableString.Invariant(
            $"{trainer.Model.Network.ParameterCount:N0} parameters, {trainer.Model.Form}, {trainer.StepsPerEpoch:N0} steps an epoch"));
        try
        {
            using var display = new TrainingDisplay(recipe.Training.Epochs);
            trainer.Train(display, cancellation);
        }
        catch (OperationCanceledException)
        {
            Terminal.Error($"Interrupted; everything is kept in {run}. The same command with --resume goes on.");
            throw;
        }
        return trainer.Epochs;
    }

    private static void Print(Recipe recipe, string run, IReadOnlyList<EpochResult> epochs)
    {
        EpochResult best = epochs.MinBy(epoch => epoch.Score)!;
        EpochResult last = epochs[^1];
        Console.WriteLine(FormattableString.Invariant(
            $"{recipe.Name}: {last.Epoch} epochs; training loss {last.TrainLoss:F4}, accuracy {last.TrainAccuracy:F4}; held out at best (epoch {best.Epoch}) loss {best.ValidationLoss:F4}, accuracy {best.ValidationAccuracy:F4}"));
        Console.WriteLine($"etude generate --model {run}");
    }
}
