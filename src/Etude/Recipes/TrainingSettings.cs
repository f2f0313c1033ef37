namespace Etude.Recipes;

/// <summary>How long and over what stretches a model is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the training pieces, 1 or more. Default 20.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Tokens in one training sequence, 2 or more. Every one of them is a target. Default 150.</summary>
    public int Steps { get; init; } = 150;

    /// <summary>
    /// Lengths that divide <see cref="Steps"/>, such as 64, 128, 256: each batch is learned from in windows of one of them, drawn anew for
    /// each batch. The windows follow one another, what the network remembers is carried on, and their gradients are added up, so
    /// that a change of the weights takes in as many tokens whatever their length. Empty: windows of <see cref="Steps"/>. Only for tokens,
    /// with <see cref="CarryState"/>. Default empty.
    /// </summary>
    public IReadOnlyList<int> Windows { get; init; } = [];

    /// <summary>How far one window of a roll begins after another, 1 or more; null: <see cref="Steps"/>. Not used by tokens. Default null.</summary>
    public int? Stride { get; init; }

    /// <summary>Sequences trained side by side, 1 or more. Default 32.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Batches whose gradients are averaged for one change of the weights, 1 or more. Default 1.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// Changes of the weights in an epoch, 1 or more, whatever share of the pieces, or more than all, that takes in; null: each piece
    /// once. Default null.
    /// </summary>
    public int? Updates { get; init; }

    /// <summary>
    /// How slowly a moving average of the weights forgets, such as 0.999, 0 to below 1: it is then what is measured and kept. 0: none.
    /// Default 0.
    /// </summary>
    public float Average { get; init; }

    /// <summary>
    /// Whether sequences follow one another within a piece and what the network remembers is carried on (truncated
    /// back-propagation); else they are windows in random order that start from nothing. Default true.
    /// </summary>
    public bool CarryState { get; init; } = true;

    /// <summary>Keep a model every so many epochs; 0 keeps only the best and the last. Default 5.</summary>
    public int KeepEvery { get; init; } = 5;

    /// <summary>Stop after so many epochs without a better held-out loss; 0 never stops early. Default 0.</summary>
    public int Patience { get; init; }

    /// <summary>
    /// Stop after the first epoch whose training accuracy, dropout included, is so high, 0 to 1; 0 never stops so. Reports that name a
    /// training accuracy and no epochs are followed by it. Default 0.
    /// </summary>
    public double UntilAccuracy { get; init; }

    /// <summary>Each epoch shows each piece moved by a random number of semitones up to this far, 0 to 12. Default 0.</summary>
    public int Transpose { get; init; }

    /// <summary>
    /// Each epoch doubles or halves the note values of so large a share of the pieces whose meters allow it (3/8 and 3/4, 2/4 and 2/2), 0 to
    /// 1. Default 0.
    /// </summary>
    public float Scale { get; init; }

    /// <summary>The share of pieces that an epoch shows with headings, 0 to 1. Only for sheets. Default 0.</summary>
    public float Headings { get; init; }

    /// <summary>The share of pieces that an epoch shows with gaps that are filled later, 0 to 1. Only for sheets. Default 0.</summary>
    public float Infill { get; init; }

    /// <summary>Where the dice of initialization, order and dropout start. Default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
