using Etude.Music.Representations.Grids;

namespace Etude.Music.Representations;

/// <summary>A score as a piano roll.</summary>
/// <param name="Roll">[steps, width].</param>
/// <param name="Losses">What of the score is not, or not as written, in the roll.</param>
public sealed record RollEncoding(Roll Roll, EncodingLosses Losses);
