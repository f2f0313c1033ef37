namespace Etude.Evaluation.Benchmark;

/// <summary>A model that predicts each frame of a piece from the frames before it.</summary>
public interface IFrameModel
{
    /// <summary>The name that stands in tables.</summary>
    string Name { get; }

    /// <summary>How many numbers were learned.</summary>
    long ParameterCount { get; }

    /// <summary>
    /// The sum over frames 1 and later (frame 0 is given) and over the 88 keys of -ln of the probability of what the key
    /// does, in nats. A model may let a key's probability depend on keys of the same frame that it has already settled;
    /// tables must say so, as such models score far lower.
    /// </summary>
    double NegativeLogLikelihood(FramePiece piece);
}
