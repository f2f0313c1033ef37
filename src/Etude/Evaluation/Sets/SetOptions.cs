namespace Etude.Evaluation.Sets;

/// <summary>How sets of pieces are compared.</summary>
public sealed record SetOptions
{
    /// <summary>The defaults below.</summary>
    public static SetOptions Default { get; } = new();

    /// <summary>How many notes from each piece's beginning are measured, where <see cref="Bars"/> does not say more. Default 512.</summary>
    public int Notes { get; init; } = 512;

    /// <summary>How many bars from each piece's beginning are measured, all their notes; shorter pieces are left out. Default null: <see cref="Notes"/> count.</summary>
    public int? Bars { get; init; }

    /// <summary>The grid on which all pieces are measured. Default 12: sixteenths are 3 steps, triplet eighths 4.</summary>
    public int StepsPerQuarter { get; init; } = 12;

    /// <summary>How often the reference is halved and the sets are drawn from, to get intervals of distances. Default 200.</summary>
    public int Draws { get; init; } = 200;

    /// <summary>How many pieces of a set at most enter the comparison of all with all. Default 200.</summary>
    public int PairedPieces { get; init; } = 200;

    /// <summary>Where all dice start. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
