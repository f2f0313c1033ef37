namespace Etude.Music.Sound;

/// <summary>One instrument that a sound font offers.</summary>
/// <param name="Bank">The bank, 0 for General MIDI, 128 for drums.</param>
/// <param name="Program">The program within the bank, 0 to 127.</param>
/// <param name="Name">The font's name for it.</param>
public sealed record SoundFontPreset(int Bank, int Program, string Name);
