namespace Etude.Corpora;

/// <summary>
/// How pieces are divided between training, validation and test. Pieces of one work, and pieces that are the same music,
/// always go together.
/// </summary>
public sealed record SplitOptions
{
    /// <summary>What the three amounts mean. Default <see cref="SplitBy.Share"/>.</summary>
    public SplitBy By { get; init; } = SplitBy.Share;

    /// <summary>The share (any positive scale; they are divided by their sum) or number of pieces for training. Default 0.9.</summary>
    public double Training { get; init; } = 0.9;

    /// <summary>The share or number of pieces for validation. Default 0.1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>The share or number of pieces for the test. Default 0.</summary>
    public double Test { get; init; }

    /// <summary>Chooses among the possible divisions. Default 0. Not used by lists.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Whether places dealt out at random from within the training pieces, one in ten, are measured in place of the held-out
    /// pieces. Such a split leaks, as what surrounds them is learned from: it is there to show by how much. Default false.
    /// </summary>
    public bool Windows { get; init; }

    /// <summary>A file that lists the training pieces, one path a line; relative to the corpus folder. Used by lists only.</summary>
    public string? TrainingList { get; init; }

    /// <summary>A file that lists the validation pieces.</summary>
    public string? ValidationList { get; init; }

    /// <summary>A file that lists the test pieces.</summary>
    public string? TestList { get; init; }

    /// <summary>
    /// Divides by share. The order in which works are dealt out hangs on their names and the seed alone, so that a file
    /// added later moves at most a piece or two from one split to another.
    /// </summary>
    public static SplitOptions Shares(double training, double validation, double test = 0, ulong seed = 0) =>
        new() { Training = training, Validation = validation, Test = test, Seed = seed };

    /// <summary>Takes so many pieces for each split and leaves out the rest.</summary>
    public static SplitOptions Counts(int training, int validation, int test = 0, ulong seed = 0) =>
        new() { By = SplitBy.Count, Training = training, Validation = validation, Test = test, Seed = seed };

    /// <summary>
    /// Takes the pieces that the lists name and leaves out the rest. A line holds one path as seen from the corpus folder;
    /// empty lines and lines that begin with <c>#</c> are passed over.
    /// </summary>
    public static SplitOptions Lists(string training, string? validation = null, string? test = null) =>
        new() { By = SplitBy.List, TrainingList = training, ValidationList = validation, TestList = test };
}
