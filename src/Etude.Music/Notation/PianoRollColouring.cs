namespace Etude.Music.Notation;

/// <summary>What the colours of a drawn piano roll tell apart.</summary>
public enum PianoRollColouring
{
    /// <summary>A colour for each part, fuller where it is louder.</summary>
    Track,

    /// <summary>Pale for soft to dark for loud, whatever the part.</summary>
    Velocity,
}
