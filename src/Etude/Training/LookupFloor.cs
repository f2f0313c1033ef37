using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation.Benchmark;
using Etude.Music.Representations;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>What a recipe's tokens yield without learning: a lookup table on the same pieces and split.</summary>
/// <param name="Tokens">Kinds of token.</param>
/// <param name="TrainAccuracy">The table's accuracy on the pieces it was made from.</param>
/// <param name="LeakingAccuracy">Its accuracy on a tenth of the windows of those pieces when it was made from the others: a split that leaks.</param>
/// <param name="HeldOutAccuracy">Its accuracy on the held-out pieces.</param>
/// <param name="HeldOutNoteAccuracy">The same, of the tokens that begin a note alone: waits and the like are easily guessed.</param>
/// <param name="HeldOutNats">Its mean loss on the held-out pieces, in nats a token.</param>
public sealed record LookupFloor(
    int Tokens, double TrainAccuracy, double LeakingAccuracy, double HeldOutAccuracy, double HeldOutNoteAccuracy, double HeldOutNats)
{
    /// <summary>Makes and measures the table.</summary>
    /// <param name="recipe">The tokens, and the length of a leaking window.</param>
    /// <param name="corpus">The pieces and their split.</param>
    /// <param name="order">The longest context, in tokens; memory grows with it, about 2 kB a token at 8.</param>
    public static LookupFloor Of(Recipe recipe, Corpus corpus, int order = 8)
    {
        var data = new TokenData(recipe, corpus);
        IReadOnlyList<int[]> training = data.Training(0);
        TokenRepresentation representation = data.Representation;
        var table = new LookupTable(order, representation.Vocabulary.Count + 1);
        foreach (int[] piece in training) table.Learn(piece);
        return new LookupFloor(
            representation.Vocabulary.Count, table.Accuracy(training), Leaking(training, recipe.Training, order), table.Accuracy(data.Validation),
            NoteAccuracy(table, data.Validation, representation),
            data.Validation.Sum(piece => table.NegativeLogLikelihood(piece)) / data.Validation.Sum(piece => piece.Length - 1.0));
    }

    /// <summary>A model's accuracy on the tokens of held-out pieces that begin a note, to set beside <see cref="HeldOutNoteAccuracy"/>.</summary>
    public static double NoteAccuracyOf(TokenModel model, Corpus corpus)
    {
        var data = new TokenData(model.Recipe, corpus, model.Representation);
        return HeldOut.Measure(
            model.Network, data.Validation, model.Recipe.Training,
            token => token != model.Network.Boundary && model.Representation.NotesBegun(token) > 0).Accuracy;
    }

    private static double NoteAccuracy(LookupTable table, int[][] pieces, TokenRepresentation representation)
    {
        long right = 0, all = 0;
        foreach (int[] piece in pieces)
        {
            for (int i = 1; i < piece.Length - 1; i++)
            {
                if (representation.NotesBegun(piece[i]) == 0) continue;
                all++;
                if (table.Predict(piece.AsSpan(Math.Max(0, i - table.Order)..i)) == piece[i]) right++;
            }
        }
        return (double)right / all;
    }

    // Overlapping windows dealt out at random, as the reports did it; only the token after a window counts.
    private static double Leaking(IReadOnlyList<int[]> pieces, TrainingSettings settings, int order)
    {
        var random = new Random(1);
        var table = new LookupTable(order);
        var held = new List<int[]>();
        foreach (int[] piece in pieces)
        {
            for (int start = 0; start + settings.Steps < piece.Length; start += Math.Max(1, settings.Steps / 8))
            {
                int[] window = piece[start..(start + settings.Steps + 1)];
                if (random.Next(10) == 0) held.Add(window);
                else table.Learn(window);
            }
        }
        return table.Accuracy(held, settings.Steps);
    }
}
