namespace Etude.Music.Notation;

/// <summary>One staff: its chords in two voices, how its beats are divided, its clef in each bar.</summary>
/// <param name="Chords">In the order of their onsets.</param>
/// <param name="Grid">The divisions of the beats.</param>
/// <param name="IsTreble">For each bar, whether the clef is the treble clef.</param>
internal sealed record MusicXmlStaff(List<MusicXmlChord> Chords, MusicXmlGrid Grid, bool[] IsTreble);
