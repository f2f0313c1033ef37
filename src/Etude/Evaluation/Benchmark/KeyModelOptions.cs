namespace Etude.Evaluation.Benchmark;

/// <summary>How a <see cref="KeyModel"/> is built and trained.</summary>
public sealed record KeyModelOptions : FrameModelOptions
{
    /// <summary>
    /// Whether the keys of a frame are predicted one after another, the highest first, each seeing those before it; else they
    /// are independent given the past. Default true.
    /// </summary>
    public bool Joint { get; init; } = true;

    /// <summary>Whether the model remembers what followed like contexts earlier in the piece. Default true.</summary>
    public bool Remembers { get; init; } = true;

    /// <summary>Whether the model is told what followed the same last frames in the other training pieces. Default false.</summary>
    public bool KnowsCorpus { get; init; }

    /// <summary>Width of the first hidden layer. Default 160.</summary>
    public int FirstWidth { get; init; } = 160;

    /// <summary>Width of the second hidden layer. Default 64.</summary>
    public int SecondWidth { get; init; } = 64;

    /// <summary>Dropout of both hidden layers. Default 0.2.</summary>
    public float Dropout { get; init; } = 0.2f;

    /// <summary>Dropout of the features. Default 0.1.</summary>
    public float InputDropout { get; init; } = 0.1f;

    /// <summary>The highest learning rate of Adam, reached after a short rise and left along a cosine. Default 0.002.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>Weight decay apart from the gradient, as AdamW has it. Default 0.01.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    /// <summary>Rounds of training, after each of which the validation split is measured. Default 20.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>Frames drawn for a round, or all of training where it has fewer. Default 20,000.</summary>
    public int FramesPerRound { get; init; } = 20_000;

    /// <summary>Validation frames measured after a round at most; whole pieces. Default 10,000.</summary>
    public int ValidationFrames { get; init; } = 10_000;

    /// <summary>Keys in a batch. Default 1,024.</summary>
    public int BatchKeys { get; init; } = 1024;

    /// <summary>The share of silent keys that the rule of thumb calls easy which training looks at. Default 0.125.</summary>
    public double EasyShare { get; init; } = 0.125;
}
