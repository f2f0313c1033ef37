namespace Etude.Music.Midi;

/// <summary>What can be wrong with the bytes of a MIDI file.</summary>
public enum MidiFault
{
    /// <summary>No MIDI header anywhere. Cannot be mended.</summary>
    NotMidi,

    /// <summary>A header of the wrong length, an unknown format, or a division of zero.</summary>
    BadHeader,

    /// <summary>Another number of tracks than the header says, or several tracks in format 0.</summary>
    WrongTrackCount,

    /// <summary>A track that ends before or after the length it declares.</summary>
    WrongTrackLength,

    /// <summary>Bytes that belong to no chunk, or a second header.</summary>
    JunkBytes,

    /// <summary>A file, or a track, that ends in the middle of an event.</summary>
    Truncated,

    /// <summary>A track without its end-of-track event.</summary>
    MissingEndOfTrack,

    /// <summary>A data byte where a status must stand or the reverse, or a number of more than four bytes.</summary>
    UnreadableEvent,

    /// <summary>A status (F1 to F6, F8 to FE) that belongs on a cable, not in a file.</summary>
    IllegalStatus,

    /// <summary>Running status used after a meta or system-exclusive event, which cancels it.</summary>
    CarriedRunningStatus,

    /// <summary>A tempo, time signature or key signature with a value that does not exist.</summary>
    BadMetaEvent,

    /// <summary>A note without a note-off.</summary>
    NoteNeverEnded,

    /// <summary>A note that ends at the tick where it begins.</summary>
    NoteWithoutLength,

    /// <summary>A time beyond <see cref="MidiReadOptions.MaximumQuarters"/>.</summary>
    TooLong,
}
