namespace Etude.Music.Representations;

/// <summary>Two tokens that stand next to one another.</summary>
/// <param name="First">The id of the first.</param>
/// <param name="Second">The id of the one after it.</param>
public readonly record struct TokenPair(int First, int Second);
