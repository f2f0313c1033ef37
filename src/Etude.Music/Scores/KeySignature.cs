namespace Etude.Music.Scores;

/// <summary>A key signature that holds from <paramref name="Onset"/> until the next one.</summary>
/// <param name="Onset">Where it begins.</param>
/// <param name="Sharps">Sharps (positive) or flats (negative), -7 to 7.</param>
/// <param name="IsMinor">Whether the key is minor.</param>
public readonly record struct KeySignature(Tick Onset, int Sharps, bool IsMinor);
