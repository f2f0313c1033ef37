namespace Etude.Training;

/// <summary>One epoch: a line of <c>metrics.csv</c>.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="TrainLoss">Mean loss while training, dropout included, in nats a token.</param>
/// <param name="TrainAccuracy">Share of targets that the likeliest token was, while training.</param>
/// <param name="ValidationLoss">Mean loss on the held-out pieces; not a number where there are none.</param>
/// <param name="ValidationAccuracy">Accuracy on the held-out pieces; not a number where there are none.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="TokensPerSecond">The speed of this epoch's training.</param>
/// <param name="Seconds">What the epoch took, validation included.</param>
public sealed record EpochResult(
    int Epoch, double TrainLoss, double TrainAccuracy, double ValidationLoss, double ValidationAccuracy,
    float LearningRate, double TokensPerSecond, double Seconds)
{
    /// <summary>The figure that tells how long processors worked for the epoch: it compares where a machine is shared, unlike <see cref="Seconds"/>.</summary>
    public const string ProcessorSeconds = "processor_seconds";

    /// <summary>
    /// Further measures, by the names of their columns, such as <c>train_f1</c> and <c>validation_f1</c>: of rolls the precision,
    /// recall and F1 of cells, and the share of cells set by the model and in the data; of tokens <c>validation_bits_per_note</c>; of
    /// all <see cref="ProcessorSeconds"/>.
    /// </summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The loss by which epochs compare: held-out where there is any, else training.</summary>
    public double Score => double.IsNaN(ValidationLoss) ? TrainLoss : ValidationLoss;
}
