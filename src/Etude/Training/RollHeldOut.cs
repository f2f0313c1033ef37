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
    public static Tally Measure(RollModel model, Roll[] pieces, Func<Segment, bool>? include = null)
    {
        var tally = new Tally();
        if (pieces.Length == 0) return tally;
        TrainingSettings training = model.Recipe.Training;
        ObjectiveSettings objective = model.Recipe.Objective;
        float alpha = objective.AlphaAt(training.Epochs, training.Epochs);
        Feeding feeding = Reading(model);
        SegmentPlan plan = RollWindows.Plan(model, pieces, 0, Math.Max(model.Network.Targets, training.Stride ?? training.Steps), include);
        using var tape = new Tape(training: false);
        for (int batch = 0; batch < plan.Count; batch++)
        {
            Tensor window = RollWindows.Read(tape, model.Network, plan[batch], pieces), targets = RollWindows.Targets(tape, model.Network, window);
            Tensor logits = model.Network.Forward(tape, window, feeding).Logits;
            RollObjective.Measure(tape, objective, model.Threshold, alpha, logits, targets, tally);
            if (objective.Loss != ObjectiveKind.CrossEntropy) RollObjective.MeasureNats(logits, targets, tally);
            tape.Reset();
        }
        return tally;
    }

    /// <summary>The threshold above which a model sets as many cells of some windows as the pieces have there.</summary>
    public static float MatchingThreshold(RollModel model, Roll[] pieces)
    {
        const int mostBatches = 8;
        Feeding feeding = Reading(model);
        SegmentPlan plan = RollWindows.Plan(model, pieces, 0, model.Network.Window);
        using var tape = new Tape(training: false);
        var logits = new List<float>();
        long set = 0;
        for (int batch = 0; batch < Math.Min(mostBatches, plan.Count); batch++)
        {
            Tensor window = RollWindows.Read(tape, model.Network, plan[batch], pieces);
            foreach (float cell in RollWindows.Targets(tape, model.Network, window).Data) set += cell > 0.5f ? 1 : 0;
            logits.AddRange(model.Network.Forward(tape, window, feeding).Logits.Data);
            tape.Reset();
        }
        logits.Sort();
        float limit = logits[(int)Math.Clamp(logits.Count - 1 - set, 0, logits.Count - 1)];
        return Math.Clamp(1 / (1 + MathF.Exp(-limit)), 0.001f, 0.999f);
    }

    private static Feeding Reading(RollModel model)
    {
        ObjectiveSettings objective = model.Recipe.Objective;
        return new Feeding(objective.HeldOutForcing, objective.FeedProbabilities ? null : model.Threshold, new RandomSource(model.Recipe.Training.Seed));
    }
}
