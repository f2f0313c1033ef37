namespace Etude.Music.Scores;

/// <summary>One sounding note. Twelve bytes, so that a piece of fifty thousand notes stays small.</summary>
/// <param name="Onset">When the key goes down, from the start of the score.</param>
/// <param name="Duration">How long the key stays down; at least one tick in a valid score. Pedal is kept apart.</param>
/// <param name="Pitch">MIDI key number 0 to 127; middle C is 60, the piano spans 21 to 108.</param>
/// <param name="Velocity">How hard the key is struck, 1 to 127.</param>
public readonly record struct Note(Tick Onset, Tick Duration, byte Pitch, byte Velocity) : IComparable<Note>
{
    /// <summary>The lowest key of a piano, A0.</summary>
    public const byte LowestPianoPitch = 21;

    /// <summary>The highest key of a piano, C8.</summary>
    public const byte HighestPianoPitch = 108;

    /// <summary>When the key comes up.</summary>
    public Tick End => Onset + Duration;

    /// <summary>The order of notes in a track: by onset, then pitch, then duration, then velocity.</summary>
    public int CompareTo(Note other)
    {
        int order = Onset.Value.CompareTo(other.Onset.Value);
        if (order == 0) order = Pitch.CompareTo(other.Pitch);
        if (order == 0) order = Duration.Value.CompareTo(other.Duration.Value);
        return order != 0 ? order : Velocity.CompareTo(other.Velocity);
    }
}
