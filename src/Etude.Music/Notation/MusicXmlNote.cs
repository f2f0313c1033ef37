namespace Etude.Music.Notation;

/// <summary>A note on its way to paper: in units of <see cref="MusicXmlGrid.Quarter"/> to the quarter note.</summary>
/// <param name="Onset">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Pitch">The MIDI key.</param>
internal readonly record struct MusicXmlNote(int Onset, int End, byte Pitch)
{
    public int Length => End - Onset;
}
