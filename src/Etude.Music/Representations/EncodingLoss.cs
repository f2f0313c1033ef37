namespace Etude.Music.Representations;

/// <summary>Why something of a score is not, or not as written, in its encoding.</summary>
public enum EncodingLoss
{
    /// <summary>A note left out: its part is not a piano.</summary>
    OtherInstrument,

    /// <summary>A note left out: its pitch is outside the keys of the representation.</summary>
    OutsideKeyboard,

    /// <summary>A note left out: the same key is struck by another note in the same step.</summary>
    SameKeyTwice,

    /// <summary>A note made shorter: its key is struck again before it ends.</summary>
    CutByRepeat,

    /// <summary>A note made shorter: it is longer than the longest length of the representation.</summary>
    TooLong,

    /// <summary>A note, chord or meter replaced by the nearest one of the vocabulary.</summary>
    NotInVocabulary,

    /// <summary>A note left out or made shorter: a higher one sounds, and the representation has one voice.</summary>
    BelowTheTop,

    /// <summary>A note joined to the one before it: the representation cannot tell a repeat from a held note.</summary>
    RepeatJoined,

    /// <summary>A note made longer or shorter: the representation ends all notes together.</summary>
    EndMoved,

    /// <summary>A note of a chord moved to another octave: the representation knows chords by their pitch classes.</summary>
    OctaveMoved,

    /// <summary>A use of the sustain pedal left out.</summary>
    Pedal,
}
