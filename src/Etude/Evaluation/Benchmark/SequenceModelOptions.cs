namespace Etude.Evaluation.Benchmark;

/// <summary>How a <see cref="SequenceModel"/> is built and trained.</summary>
public sealed record SequenceModelOptions : FrameModelOptions
{
    /// <summary>The kind of memory. Default LSTM.</summary>
    public SequenceCore Core { get; init; } = SequenceCore.Lstm;

    /// <summary>Channels of the memory. Default 200: about 0.25 million weights with an LSTM.</summary>
    public int Units { get; init; } = 200;

    /// <summary>Recurrent layers one after another, dropout between them. Default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Channels of a dense layer with ReLU and dropout between a frame and the memory; 0, the default, for none.</summary>
    public int Embedding { get; init; }

    /// <summary>Whether the last frame also reaches the output layer past the memory, unchanged. Default false.</summary>
    public bool Skip { get; init; }

    /// <summary>The share of recurrent weights left out in each step of training (Merity, Keskar and Socher 2018). Default 0.</summary>
    public float WeightDropout { get; init; }

    /// <summary>Residual blocks of a TCN, of dilation 1, 2, 4 and so on. Default 2.</summary>
    public int Blocks { get; init; } = 2;

    /// <summary>Taps of a TCN's convolutions. Default 3.</summary>
    public int Taps { get; init; } = 3;

    /// <summary>Dropout after each layer of memory. Default 0.4.</summary>
    public float Dropout { get; init; } = 0.4f;

    /// <summary>Dropout of the keys of the frames seen. Default 0.1.</summary>
    public float InputDropout { get; init; } = 0.1f;

    /// <summary>
    /// Each stretch is trained moved up or down by up to so many semitones, chosen anew each time; validation and test stay as they
    /// are. Default 0.
    /// </summary>
    public int Transposition { get; init; }

    /// <summary>Weight decay apart from the gradient, as AdamW has it. Default 0.</summary>
    public float WeightDecay { get; init; }

    /// <summary>The highest learning rate of Adam, left along a cosine. Default 0.003.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>Passes over the training pieces, after each of which the validation split is measured. Default 40.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Pieces, or stretches of them, in a batch. Default 8.</summary>
    public int BatchPieces { get; init; } = 8;

    /// <summary>The longest stretch trained at once, in frames; a multiple of the largest dilation. Default 256.</summary>
    public int StretchFrames { get; init; } = 256;
}
