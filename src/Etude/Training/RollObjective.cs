using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>The losses and measures of predicted cells.</summary>
internal static class RollObjective
{
    /// <summary>Computes the loss of cells and adds it and their measures to a tally.</summary>
    /// <param name="tape">Where the loss is recorded.</param>
    /// <param name="objective">Which loss.</param>
    /// <param name="threshold">The probability from which a cell counts as set.</param>
    /// <param name="alpha">The focal loss's weight of set cells in this epoch.</param>
    /// <param name="logits">[batch, steps, width]</param>
    /// <param name="targets">The same shape, zeros and ones.</param>
    /// <param name="tally">Added to.</param>
    /// <returns>The mean loss.</returns>
    public static Tensor Measure(Tape tape, ObjectiveSettings objective, float threshold, float alpha, Tensor logits, Tensor targets, Tally tally)
    {
        if (objective.Loss == ObjectiveKind.CrossEntropy) return OfClasses(tape, logits, targets, tally);
        LossValue loss = objective.Loss switch
        {
            ObjectiveKind.BinaryCrossEntropy => tape.BinaryCrossEntropy(logits, targets.Data, objective.PositiveWeight),
            ObjectiveKind.Focal => tape.Focal(logits, targets.Data, new FocalOptions { Alpha = alpha, Gamma = objective.Gamma }),
            ObjectiveKind.MeanSquaredError => tape.MeanSquaredError(tape.Sigmoid(logits), targets.Data),
            _ => throw new ArgumentOutOfRangeException(nameof(objective), objective.Loss, "No such loss."),
        };
        float limit = MathF.Log(threshold / (1 - threshold));
        ReadOnlySpan<float> x = logits.Data, y = targets.Data;
        long hits = 0, predicted = 0, actual = 0;
        for (int i = 0; i < x.Length; i++)
        {
            bool set = x[i] > limit, truth = y[i] > 0.5f;
            predicted += set ? 1 : 0;
            actual += truth ? 1 : 0;
            hits += set && truth ? 1 : 0;
        }
        tally.Add(loss.Value, x.Length - (predicted - hits) - (actual - hits), x.Length);
        tally.AddCells(hits, predicted, actual, x.Length);
        return loss.Tensor;
    }

    /// <summary>Adds -ln of the probability of the targets, cells taken as independent given the logits.</summary>
    public static void MeasureNats(Tensor logits, Tensor targets, Tally tally)
    {
        double nats = 0;
        ReadOnlySpan<float> x = logits.Data, y = targets.Data;
        for (int i = 0; i < x.Length; i++) nats += Math.Max(x[i], 0) - (x[i] * y[i]) + Math.Log(1 + Math.Exp(-Math.Abs(x[i])));
        tally.AddNats(nats, logits.Shape.Rows);
    }

    // The report's: the columns are classes, and the first set one of a step is the answer.
    private static Tensor OfClasses(Tape tape, Tensor logits, Tensor targets, Tally tally)
    {
        int rows = logits.Shape.Rows, width = logits.Shape.Channels;
        var classes = new int[rows];
        long hits = 0, actual = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> truth = targets.Data.Slice(row * width, width), scores = logits.Data.Slice(row * width, width);
            classes[row] = Math.Max(0, truth.IndexOf(1f));
            actual += truth.Count(1f);
            hits += truth[IndexOfMost(scores)] > 0.5f ? 1 : 0;
        }
        LossValue loss = tape.CrossEntropy(logits, classes);
        tally.Add(loss.Value, loss.Correct, loss.Count);
        tally.AddCells(hits, rows, actual, (long)rows * width);
        return loss.Tensor;
    }

    private static int IndexOfMost(ReadOnlySpan<float> values)
    {
        int most = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[most]) most = i;
        }
        return most;
    }
}
