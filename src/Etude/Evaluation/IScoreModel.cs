using Etude.Music.Scores;

namespace Etude.Evaluation;

/// <summary>A model that gives whole scores a probability, whatever its representation: what likelihoods are compared by.</summary>
public interface IScoreModel
{
    /// <summary>The name that stands in reports.</summary>
    string Name { get; }

    /// <summary>
    /// -ln of the probability of a score in nats, each event given those before it in the same score, the first from
    /// nothing. A model of quantized time answers for the score as its own grid holds it, and says so in its card.
    /// </summary>
    double NegativeLogLikelihood(Score score);
}
