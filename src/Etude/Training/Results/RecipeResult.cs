using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Models.Rolls;
using Etude.Music.Representations;
using Etude.Recipes;

namespace Etude.Training.Results;

/// <summary>What the runs of one recipe, by one seed or several, came to: a row of a table.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Figures">Measures by name, each over the runs, in the order of a table's columns.</param>
public sealed record RecipeResult(string Recipe, IReadOnlyDictionary<string, Spread> Figures)
{
    /// <summary>Reads the logs of runs of one recipe.</summary>
    /// <param name="runs">Run folders, each with a finished epoch; they may differ in the seed.</param>
    /// <exception cref="ArgumentException">They are of different recipes, or there is none.</exception>
    /// <exception cref="InvalidDataException">A run has not finished an epoch.</exception>
    public static RecipeResult OfRuns(IReadOnlyList<string> runs)
    {
        string[] names = [.. runs.Select(run => RecipeOf(run).Name).Distinct()];
        if (names.Length != 1) throw new ArgumentException($"One recipe's runs are needed, not those of {names.Length}: {string.Join(", ", names)}.", nameof(runs));
        IReadOnlyList<EpochResult>[] logs = [.. runs.Select(Log)];
        EpochResult[] last = [.. logs.Select(log => log[^1])], best = [.. logs.Select(log => log.MinBy(epoch => epoch.Score)!)];
        var figures = new Dictionary<string, Spread>
        {
            ["parameters"] = Spread.Of([TrainedModel.Load(RunFolder.FindModel(runs[0])).Network.ParameterCount]),
            ["epochs"] = Of(last, epoch => epoch.Epoch),
            ["minutes"] = Spread.Of(logs.Select(log => log.Sum(epoch => epoch.Seconds) / 60)),
            ["processor minutes"] = Spread.Of(logs.Select(log => log.Sum(epoch => epoch.Figures.GetValueOrDefault(EpochResult.ProcessorSeconds, double.NaN)) / 60)),
            ["training loss"] = Of(last, epoch => epoch.TrainLoss),
            ["training accuracy"] = Of(last, epoch => epoch.TrainAccuracy),
            ["held-out accuracy at the end"] = Of(last, epoch => epoch.ValidationAccuracy),
            ["best epoch"] = Of(best, epoch => epoch.Epoch),
            ["held-out loss"] = Of(best, epoch => epoch.ValidationLoss),
            ["held-out accuracy"] = Of(best, epoch => epoch.ValidationAccuracy),
        };
        foreach (string name in best[0].Figures.Keys.Where(name => name.StartsWith("validation_", StringComparison.Ordinal)))
        {
            figures[name["validation_".Length..].Replace('_', ' ')] = Of(best, epoch => epoch.Figures.GetValueOrDefault(name, double.NaN));
        }
        return new RecipeResult(names[0], figures);
    }

    /// <summary>Adds how the best models do on held-out pieces, and on those of the test where there are, one by one, and what needs no learning on the same pieces.</summary>
    /// <param name="runs">Those of <see cref="OfRuns"/>.</param>
    /// <param name="corpus">Prepared by the recipe's corpus options.</param>
    /// <param name="order">The longest context of the lookup table that is the floor of tokens.</param>
    public RecipeResult WithFloors(IReadOnlyList<string> runs, Corpus corpus, int order = 8)
    {
        var figures = Figures.ToDictionary();
        TrainedModel[] models = [.. runs.Select(run => TrainedModel.Load(RunFolder.FindModel(run)))];
        Spread[] pieces = [.. models.Select(model => Spread.Of(PieceResult.Of(model, corpus).Select(piece => piece.Accuracy)))];
        figures["accuracy by piece"] = Spread.Of(pieces.Select(spread => spread.Mean));
        figures["deviation over pieces"] = Spread.Of(pieces.Select(spread => spread.Deviation));
        if (corpus.In(Split.Test).Any())
        {
            figures["test accuracy by piece"] = Spread.Of(models.Select(model => PieceResult.Of(model, corpus, Split.Test).Average(piece => piece.Accuracy)));
        }
        Recipe recipe = models[0].Recipe;
        if (recipe.Representation is RollOptions) AddFloors(figures, RollFloor.Of(recipe, corpus), recipe.Objective.Loss, models[0].Network is LatentNetwork);
        else AddFloors(figures, LookupFloor.Of(recipe, corpus, order));
        return this with { Figures = figures };
    }

    /// <summary>Adds the share of pieces that collapse, without and with the guard.</summary>
    /// <param name="runs">Those of <see cref="OfRuns"/>; the best model of the first composes.</param>
    /// <param name="pieces">How many each time.</param>
    /// <param name="options">What the pieces are like.</param>
    /// <param name="cancellation">Ends the work.</param>
    public RecipeResult WithCollapse(IReadOnlyList<string> runs, int pieces, ComposeOptions options, CancellationToken cancellation = default)
    {
        CollapseStudy study = CollapseStudy.Of(Composer.Load(runs[0]), pieces, options, null, cancellation);
        return this with
        {
            Figures = new Dictionary<string, Spread>(Figures)
            {
                ["collapsed without guard"] = Spread.Of([(double)study.CollapsedWithout / pieces]),
                ["with guard"] = Spread.Of([(double)study.CollapsedWith / pieces]),
            },
        };
    }

    /// <summary>The recipe that a run was trained by.</summary>
    public static Recipe RecipeOf(string run) => Recipes.Recipe.Load(Path.Combine(run, "recipe.json"));

    private static void AddFloors(Dictionary<string, Spread> figures, LookupFloor floor)
    {
        figures["table: training accuracy"] = Spread.Of([floor.TrainAccuracy]);
        figures["table: held-out accuracy"] = Spread.Of([floor.HeldOutAccuracy]);
        figures["table: held-out loss"] = Spread.Of([floor.HeldOutNats]);
        figures["skill"] = Skill(figures["held-out loss"], floor.HeldOutNats);
    }

    private static void AddFloors(Dictionary<string, Spread> figures, RollFloor floor, ObjectiveKind loss, bool isReconstructed)
    {
        figures["floor: step before, F1"] = Spread.Of([floor.CopyF1]);
        figures[FormattableString.Invariant($"floor: held {floor.HoldSteps} steps, F1")] = Spread.Of([floor.HoldF1]);
        switch (loss)
        {
            case ObjectiveKind.MeanSquaredError:
                figures["floor: silence"] = Spread.Of([floor.Density]);
                figures["floor: each key's share"] = Spread.Of([floor.MarginalError]);
                figures["floor: step before"] = Spread.Of([floor.CopyError]);
                // What is to be reconstructed is given: the step before is no rival there.
                figures["skill"] = Skill(figures["held-out loss"], isReconstructed ? floor.Density : floor.CopyError);
                break;
            case ObjectiveKind.CrossEntropy:
                figures["floor: step before, accuracy"] = Spread.Of([floor.CopyClassAccuracy]);
                Spread accuracy = figures["held-out accuracy"];
                figures["skill"] = Skill(accuracy with { Mean = 1 - accuracy.Mean }, 1 - floor.CopyClassAccuracy);
                break;
            default:
                figures["floor: each key's share, nats"] = Spread.Of([floor.MarginalNats]);
                figures["floor: after the same key, nats"] = Spread.Of([floor.LastStepNats]);
                figures["skill"] = Skill(figures["nats per step"], isReconstructed ? floor.MarginalNats : floor.LastStepNats);
                break;
        }
    }

    // 1 - error / floor: 0 at the floor, 1 without error.
    private static Spread Skill(Spread error, double floor) => error with { Mean = 1 - (error.Mean / floor), Deviation = error.Deviation / floor };

    private static Spread Of(EpochResult[] epochs, Func<EpochResult, double> figure) => Spread.Of(epochs.Select(figure));

    private static IReadOnlyList<EpochResult> Log(string run) => MetricsLog.Read(run) is { Count: > 0 } log
        ? log
        : throw new InvalidDataException($"{run} has not finished an epoch: go on with etude train --resume.");
}
