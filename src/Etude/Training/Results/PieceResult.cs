using Etude.Composing;
using Etude.Corpora;

namespace Etude.Training.Results;

/// <summary>What a model reaches on one piece.</summary>
/// <param name="Piece">The piece's name in its corpus.</param>
/// <param name="Loss">The mean loss, as <see cref="EpochResult.ValidationLoss"/> has it.</param>
/// <param name="Accuracy">The accuracy, as <see cref="EpochResult.ValidationAccuracy"/> has it.</param>
/// <param name="Figures">Of rolls: precision, recall, F1, densities and nats a step; of tokens none.</param>
public sealed record PieceResult(string Piece, double Loss, double Accuracy, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>Measures a model on each piece of a split by itself.</summary>
    /// <param name="model">The model.</param>
    /// <param name="corpus">The pieces.</param>
    /// <param name="split">Which of them. Default the held-out ones.</param>
    public static IReadOnlyList<PieceResult> Of(TrainedModel model, Corpus corpus, Split split = Split.Validation)
    {
        CorpusPiece[] pieces = [.. corpus.In(split)];
        Func<CorpusPiece, Tally> measure = model switch
        {
            TokenModel tokens => piece => HeldOut.Measure(tokens.Network, [Tokens(tokens, piece)], tokens.Recipe.Training),
            RollModel rolls => piece => RollHeldOut.Measure(rolls, [rolls.Representation.Encode(piece.Score).Roll]),
            _ => throw new NotSupportedException($"{model.Form} is of no kind that is measured piece by piece."),
        };
        return [.. from piece in pieces let tally = measure(piece) where !tally.IsEmpty select new PieceResult(
            piece.Name, tally.Loss, tally.Accuracy, tally.Figures().ToDictionary(figure => figure.Name, figure => figure.Value))];
    }

    private static int[] Tokens(TokenModel model, CorpusPiece piece) =>
        [model.Network.Boundary, .. model.Representation.Encode(piece.Score).Tokens, model.Network.Boundary];
}
