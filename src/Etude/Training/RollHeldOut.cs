using Etude.Composing;
using Etude.Corpora.Batches;
using Etude.Models.Rolls;
using Etude.Music.Representations.Grids;
using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>Measures a network on rolls that it does not learn from, by its objective and the forcing of held-out pieces.</summary>
internal static class RollHeldOut
{
    public static Tally Measure(RollModel model, Roll[] pieces)
    {
        var tally = new Tally();
        if (pieces.Length == 0) return tally;
        TrainingSettings training = model.Recipe.Training;
        ObjectiveSettings objective = model.Recipe.Objective;
        float alpha = objective.AlphaAt(training.Epochs, training.Epochs);
        var feeding = new Feeding(objective.HeldOutForcing, objective.FeedProbabilities ? null : objective.Threshold, new RandomSource(training.Seed));
        SegmentPlan plan = RollWindows.Plan(model, pieces, 0, Math.Max(model.Network.Targets, training.Stride ?? training.Steps));
        using var tape = new Tape(training: false);
        for (int batch = 0; batch < plan.Count; batch++)
        {
            Tensor window = RollWindows.Read(tape, model.Network, plan[batch], pieces), targets = RollWindows.Targets(tape, model.Network, window);
            Tensor logits = model.Network.Forward(tape, window, feeding).Logits;
            RollObjective.Measure(tape, objective, alpha, logits, targets, tally);
            if (objective.Loss != ObjectiveKind.CrossEntropy) RollObjective.MeasureNats(logits, targets, tally);
            tape.Reset();
        }
        return tally;
    }
}
