namespace Etude.Music.Sound;

/// <summary>Which sound font is used, and why.</summary>
/// <param name="Path">The file; null for Etude's own piano.</param>
/// <param name="Reason">The choice in words, for a log or an about page.</param>
public sealed record SoundFontLocation(string? Path, string Reason);
