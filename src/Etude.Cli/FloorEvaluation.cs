using Etude.Composing;
using Etude.Corpora;
using Etude.Music.Representations;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Cli;

/// <summary><c>etude evaluate --floors</c>: what needs no learning on a recipe's corpus, and beside it what a run has reached.</summary>
internal static class FloorEvaluation
{
    /// <summary>Prints the floors: of tokens a lookup table's, of rolls those of silence, of each key's share and of the step before.</summary>
    /// <param name="what">A recipe, or a run, whose best model is measured too.</param>
    /// <param name="read">Gives the corpus when told what the recipe wants of it.</param>
    /// <param name="order">The table's longest context, in tokens.</param>
    /// <param name="asJson">Whether JSON is printed.</param>
    public static void Run(string what, Func<CorpusOptions, Corpus> read, int order, bool asJson)
    {
        bool isRun = Directory.Exists(what);
        Recipe recipe = Recipe.Load(isRun ? Path.Combine(what, "recipe.json") : what);
        Corpus corpus = read(recipe.ResolveCorpus());
        EpochResult? best = !isRun ? null : MetricsLog.Read(what).MinBy(epoch => epoch.Score)
            ?? throw new InvalidDataException($"{what} has not finished an epoch: go on with etude train --resume.");
        if (recipe.Representation is RollOptions)
        {
            Facts.Print(RollFloor.Of(recipe, corpus), asJson);
            if (best is not null) Facts.Print(RollFigures(best), asJson);
            return;
        }
        LookupFloor floor = LookupFloor.Of(recipe, corpus, order);
        Facts.Print(best is null ? floor : TokenFigures(floor, best, what, corpus), asJson);
    }

    private static object TokenFigures(LookupFloor floor, EpochResult best, string run, Corpus corpus) => new
    {
        floor.Tokens,
        TableTrainAccuracy = floor.TrainAccuracy,
        TableLeakingAccuracy = floor.LeakingAccuracy,
        TableHeldOutAccuracy = floor.HeldOutAccuracy,
        TableHeldOutNoteAccuracy = floor.HeldOutNoteAccuracy,
        TableHeldOutNats = floor.HeldOutNats,
        BestEpoch = best.Epoch,
        ModelTrainAccuracy = best.TrainAccuracy,
        ModelHeldOutAccuracy = best.ValidationAccuracy,
        ModelHeldOutNoteAccuracy = LookupFloor.NoteAccuracyOf((TokenModel)TrainedModel.Load(RunFolder.FindModel(run)), corpus),
        ModelHeldOutNats = best.ValidationLoss,
    };

    private static object RollFigures(EpochResult best) => new
    {
        BestEpoch = best.Epoch,
        ModelTrainLoss = best.TrainLoss,
        ModelTrainAccuracy = best.TrainAccuracy,
        ModelHeldOutLoss = best.ValidationLoss,
        ModelHeldOutAccuracy = best.ValidationAccuracy,
        ModelFigures = best.Figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:G5}")),
    };

}
