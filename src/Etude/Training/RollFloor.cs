using Etude.Composing;
using Etude.Corpora;
using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>What predicting the cells of a roll yields without learning, on the held-out pieces.</summary>
/// <param name="Columns">Columns of the roll.</param>
/// <param name="Density">The share of cells set: also the mean squared error of predicting silence.</param>
/// <param name="SilentAccuracy">The share of cells that silence gets right.</param>
/// <param name="MarginalError">The mean squared error of predicting each column's share in the training pieces.</param>
/// <param name="MarginalNats">The same predictions in nats a step.</param>
/// <param name="CopyError">The mean squared error of predicting the step before again.</param>
/// <param name="CopyF1">The same predictions' F1 (their precision and recall are as good as equal).</param>
/// <param name="CopyClassAccuracy">How often a step and the one before it have the same first set column: the floor of a cross-entropy of classes.</param>
/// <param name="LastStepNats">Nats a step when each column is as likely as it was in the training pieces after the same column was set, or was not, one step before.</param>
/// <param name="HoldSteps">How many steps <paramref name="HoldF1"/> holds one step: the targets of the recipe's network.</param>
/// <param name="HoldF1">F1 of predicting the last step before each stretch of so many for the whole stretch.</param>
public sealed record RollFloor(
    int Columns, double Density, double SilentAccuracy, double MarginalError, double MarginalNats,
    double CopyError, double CopyF1, double CopyClassAccuracy, double LastStepNats, int HoldSteps, double HoldF1)
{
    /// <summary>Measures them.</summary>
    public static RollFloor Of(Recipe recipe, Corpus corpus)
    {
        if (recipe.Representation is not RollOptions options) throw new ArgumentException($"The recipe {recipe.Name} is one of tokens.", nameof(recipe));
        RollModel model = RollModel.Create(recipe, options, new RandomSource(0));
        var data = new RollData(recipe, corpus, model.Representation);
        int width = model.Network.Width, hold = Math.Max(2, model.Network.Targets);
        double[] shares = data.Shares();
        (double[] afterSet, double[] afterEmpty) = data.SharesAfter();
        double cells = 0, set = 0, squares = 0, nats = 0, steps = 0, copied = 0, missed = 0, before = 0, classes = 0, lastNats = 0, held = 0, heldSet = 0;
        foreach (Roll roll in data.Validation)
        {
            for (int step = 1; step < roll.Steps; step++)
            {
                int from = step - 1 - ((step - 1) % hold); // the step that is held over the stretch
                steps++;
                int first = 0, firstBefore = 0;
                for (int column = width - 1; column >= 0; column--)
                {
                    bool truth = roll[step, column], last = roll[step - 1, column], kept = roll[from, column];
                    double share = shares[column];
                    cells++;
                    set += truth ? 1 : 0;
                    squares += truth ? (1 - share) * (1 - share) : share * share;
                    nats -= Math.Log(truth ? share : 1 - share);
                    double following = (last ? afterSet : afterEmpty)[column];
                    lastNats -= Math.Log(truth ? following : 1 - following);
                    missed += truth != last ? 1 : 0;
                    copied += truth && last ? 1 : 0;
                    before += last ? 1 : 0;
                    held += truth && kept ? 1 : 0;
                    heldSet += kept ? 1 : 0;
                    if (truth) first = column;
                    if (last) firstBefore = column;
                }
                classes += first == firstBefore ? 1 : 0;
            }
        }
        return new RollFloor(
            width, set / cells, 1 - (set / cells), squares / cells, nats / steps, missed / cells, 2 * copied / (before + set), classes / steps, lastNats / steps,
            hold, 2 * held / (heldSet + set));
    }
}
