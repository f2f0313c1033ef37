using System.Runtime.InteropServices;
using Etude.Composing;
using Etude.Models.Rolls;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Evaluation;

/// <summary>
/// A trained model of rolls that goes step by step as <see cref="IScoreModel"/>: it answers for the roll that its grid makes of the
/// score, the cells of a step independent given the steps before.
/// </summary>
public sealed class RollScoreModel : IScoreModel
{
    private readonly RollModel _model;
    private readonly StepNetwork _network;

    /// <summary>Wraps a model.</summary>
    /// <exception cref="ArgumentException">The model does not give each cell of the next step a probability: it has a latent, or predicts one class a step.</exception>
    public RollScoreModel(RollModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!Answers(model)) throw new ArgumentException($"{model.Recipe.Name} gives no probability to each cell of the next step.", nameof(model));
        (_model, _network) = (model, (StepNetwork)model.Network);
    }

    /// <inheritdoc/>
    public string Name => _model.Recipe.Name;

    /// <summary>Whether a model gives each cell of the next step a probability.</summary>
    public static bool Answers(RollModel model) => model.Network is StepNetwork && model.Recipe.Objective.Loss != Recipes.ObjectiveKind.CrossEntropy;

    /// <inheritdoc/>
    public double NegativeLogLikelihood(Score score) => Measure(score).Nats;

    /// <summary>The nats of all steps of a score's roll but the first, which nothing comes before, and how many those are.</summary>
    public (double Nats, int Steps) Measure(Score score)
    {
        Roll roll = _model.Representation.Encode(score).Roll;
        int width = _network.Width;
        var past = new List<float>(roll.Steps * width);
        float[] step = new float[width], logits = new float[width];
        double nats = 0;
        StepReader? reader = null;
        for (int at = 0; at < roll.Steps; at++)
        {
            if (at > 0)
            {
                if (reader is null || (at - 1) % _network.Horizon == 0)
                {
                    reader?.Dispose();
                    int seen = Math.Min(at, _network.Horizon) * width;
                    reader = _network.Begin(CollectionsMarshal.AsSpan(past)[^seen..], null);
                }
                reader.Next(step, logits);
            }
            roll.Slice(at, 1).CopyTo(0, step);
            past.AddRange(step);
            for (int column = 0; at > 0 && column < width; column++)
            {
                double x = step[column] > 0 ? -logits[column] : logits[column];
                nats += Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
            }
        }
        reader?.Dispose();
        return (nats, Math.Max(0, roll.Steps - 1));
    }
}
