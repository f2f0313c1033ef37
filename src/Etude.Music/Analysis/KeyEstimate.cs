namespace Etude.Music.Analysis;

/// <summary>A key found in music.</summary>
/// <param name="Key">The key.</param>
/// <param name="Correlation">Pearson's correlation of the music's pitch classes with the key's profile, -1 to 1.</param>
/// <param name="Margin">How far it lies above the correlation of the next best key.</param>
public readonly record struct KeyEstimate(Key Key, double Correlation, double Margin);
