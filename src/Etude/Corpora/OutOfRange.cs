using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>What becomes of notes outside the pitches allowed.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<OutOfRange>))]
public enum OutOfRange
{
    /// <summary>They are left out, and counted.</summary>
    DropNotes,

    /// <summary>The piece is left out.</summary>
    DropPiece,

    /// <summary>The piece is moved by the fewest octaves that bring all notes inside, and left out where none do.</summary>
    Transpose,
}
