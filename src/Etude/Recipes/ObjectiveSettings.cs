namespace Etude.Recipes;

/// <summary>What training makes small, and what a network reads of its own past meanwhile.</summary>
public sealed record ObjectiveSettings
{
    /// <summary>The loss. Default cross-entropy, the only one for tokens.</summary>
    public ObjectiveKind Loss { get; init; } = ObjectiveKind.CrossEntropy;

    /// <summary>How much more a set cell counts than an empty one, in binary cross-entropy. Default 1.</summary>
    public float PositiveWeight { get; init; } = 1;

    /// <summary>The weight of set cells in the focal loss, 0 to 1; empty ones have the rest. Default 0.5.</summary>
    public float Alpha { get; init; } = 0.5f;

    /// <summary>What <see cref="Alpha"/> becomes, evenly from the first epoch to the last; null: it stays. Default null.</summary>
    public float? LastAlpha { get; init; }

    /// <summary>How strongly the focal loss discounts what is right already. Default 2.</summary>
    public float Gamma { get; init; } = 2;

    /// <summary>The probability from which a cell counts as set, in measures and where a network reads its own output. Default 0.5.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>
    /// Whether the threshold is found anew after each epoch, so that the network sets as many cells of training windows as the
    /// music has; <see cref="Threshold"/> is where it begins. Default false.
    /// </summary>
    public bool MatchDensity { get; init; }

    /// <summary>The chance that a network reads the truth instead of its own last output, 0 to 1 (teacher forcing). Default 1.</summary>
    public float Forcing { get; init; } = 1;

    /// <summary>What <see cref="Forcing"/> becomes, evenly from the first epoch to the last; null: it stays. Default null.</summary>
    public float? LastForcing { get; init; }

    /// <summary>The same chance while held-out pieces are measured. Default 1: one step ahead, given the truth.</summary>
    public float HeldOutForcing { get; init; } = 1;

    /// <summary>Whether its own output is read as probabilities instead of zeros and ones. Default false.</summary>
    public bool FeedProbabilities { get; init; }

    /// <summary><see cref="Alpha"/> in an epoch, counted from 0, of so many.</summary>
    public float AlphaAt(int epoch, int epochs) => Between(Alpha, LastAlpha, epoch, epochs);

    /// <summary><see cref="Forcing"/> in an epoch, counted from 0, of so many.</summary>
    public float ForcingAt(int epoch, int epochs) => Between(Forcing, LastForcing, epoch, epochs);

    private static float Between(float first, float? last, int epoch, int epochs) =>
        last is { } end && epochs > 1 ? first + ((end - first) * Math.Min(epoch, epochs - 1) / (epochs - 1)) : first;
}
