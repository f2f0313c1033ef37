namespace Etude.Corpora;

/// <summary>The extent of one split.</summary>
/// <param name="Split">Which.</param>
/// <param name="Pieces">The number of pieces.</param>
/// <param name="Works">The number of works: pieces that are the same music, or parts of one, count once.</param>
/// <param name="Notes">The number of notes.</param>
/// <param name="Seconds">The length.</param>
public sealed record SplitSummary(Split Split, int Pieces, int Works, long Notes, double Seconds);
