using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>Why a file is not in the corpus.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DropReason>))]
public enum DropReason
{
    /// <summary>The file cannot be read as music.</summary>
    Unreadable,

    /// <summary>Reading it took more repairs than <see cref="CorpusOptions.MaximumRepairs"/>.</summary>
    TooManyRepairs,

    /// <summary>No note is left once drums, other instruments and pitches out of range are.</summary>
    NoNotes,

    /// <summary>A meter that <see cref="CorpusOptions.Meters"/> does not name.</summary>
    Meter,

    /// <summary>The tempo changes more than <see cref="CorpusOptions.MaximumTempoChange"/>.</summary>
    TempoChange,

    /// <summary>Fewer notes than <see cref="CorpusOptions.MinimumNotes"/>, or less time than <see cref="CorpusOptions.MinimumSeconds"/>.</summary>
    TooShort,

    /// <summary>More notes than <see cref="CorpusOptions.MaximumNotes"/>, or more time than <see cref="CorpusOptions.MaximumSeconds"/>.</summary>
    TooLong,

    /// <summary>Pitches outside <see cref="CorpusOptions.LowestPitch"/> to <see cref="CorpusOptions.HighestPitch"/>.</summary>
    PitchRange,

    /// <summary>The same music as a piece that stays.</summary>
    Duplicate,

    /// <summary>The split has no place for it: not in the lists, or more pieces than counted out.</summary>
    NotInSplit,
}
