namespace Etude.Training;

/// <summary>How far a training is.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch in work, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs in all.</summary>
    public required int Epochs { get; init; }

    /// <summary>Batches of this epoch done.</summary>
    public required int Batch { get; init; }

    /// <summary>Batches of this epoch in all.</summary>
    public required int Batches { get; init; }

    /// <summary>The mean loss of this epoch so far, in nats a token.</summary>
    public required double Loss { get; init; }

    /// <summary>The share of this epoch's targets so far that the likeliest token was, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Tokens trained on in a second, since this call began.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>How long the rest takes at this rate.</summary>
    public required TimeSpan TimeLeft { get; init; }

    /// <summary>The line of the log, when an epoch has just ended; else null.</summary>
    public EpochResult? Finished { get; init; }
}
