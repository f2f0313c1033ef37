using Etude.Music.Scores;

namespace Etude.Evaluation;

/// <summary>
/// How well a model foresees held-out music, in units that models of different representations share.
/// </summary>
/// <param name="Model">The model's name.</param>
/// <param name="BitsPerNote">Bits of all pieces divided by notes of all pieces; the interval draws pieces.</param>
/// <param name="BitsPerSecond">Bits of all pieces divided by seconds of all pieces, each to the end of its last note.</param>
/// <param name="Pieces">How many pieces were measured.</param>
/// <param name="Notes">How many notes they have.</param>
public sealed record Likelihood(string Model, Interval BitsPerNote, Interval BitsPerSecond, int Pieces, int Notes)
{
    /// <summary>Measures a model on pieces that it was not trained on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pieces">The pieces; one without notes is left out.</param>
    /// <param name="seed">Where the dice of the intervals start.</param>
    public static Likelihood Of(IScoreModel model, IEnumerable<Score> pieces, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        var measured = pieces.Where(piece => piece.NoteCount > 0).Select(piece => (
            Bits: model.NegativeLogLikelihood(piece) / Math.Log(2),
            Notes: (double)piece.NoteCount,
            Seconds: new TempoMap(piece).ToSeconds(LastEnd(piece)).Value)).ToArray();
        Interval Ratio(Func<(double Bits, double Notes, double Seconds), double> unit) => Bootstrap.Of(
            measured.Length, drawn => drawn.Sum(i => measured[i].Bits) / drawn.Sum(i => unit(measured[i])), seed);
        return new Likelihood(
            model.Name, Ratio(piece => piece.Notes), Ratio(piece => piece.Seconds), measured.Length, (int)measured.Sum(piece => piece.Notes));
    }

    private static Tick LastEnd(Score piece) =>
        piece.Tracks.SelectMany(track => track.Notes).Aggregate(Tick.Zero, (end, note) => Tick.Max(end, note.End));
}
