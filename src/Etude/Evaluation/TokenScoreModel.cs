using System.Collections.Immutable;
using Etude.Composing;
using Etude.Models;
using Etude.Music.Scores;
using Etude.Neural.Autograd;
using Etude.Neural.Losses;

namespace Etude.Evaluation;

/// <summary>
/// A trained model of tokens as <see cref="IScoreModel"/>: it answers for the score as its representation holds it, from
/// the boundary before the first token to the boundary after the last.
/// </summary>
/// <param name="model">The model.</param>
public sealed class TokenScoreModel(TokenModel model) : IScoreModel
{
    private const int Steps = 512; // tokens at a time: long enough to be quick, short enough for any memory

    /// <inheritdoc/>
    public string Name => model.Recipe.Name;

    /// <inheritdoc/>
    public double NegativeLogLikelihood(Score score)
    {
        int boundary = model.Network.Boundary;
        ImmutableArray<int> tokens = [boundary, .. model.Representation.Encode(score).Tokens, boundary];
        NetworkMemory memory = model.Network.CreateMemory(batch: 1);
        using var tape = new Tape(training: false) { WeightsStay = true };
        double nats = 0;
        for (int start = 0; start + 1 < tokens.Length; start += Steps)
        {
            int count = Math.Min(Steps, tokens.Length - 1 - start);
            LossValue loss = tape.CrossEntropy(
                model.Network.Forward(tape, tokens.AsSpan(start, count), memory), tokens.AsSpan(start + 1, count));
            nats += (double)loss.Value * loss.Count;
            tape.Reset();
        }
        return nats;
    }
}
