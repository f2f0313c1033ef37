using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>What becomes of pieces that are the same music.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DuplicateHandling>))]
public enum DuplicateHandling
{
    /// <summary>The one with the most notes stays (with lists: the one held out, if any is); the others are left out.</summary>
    KeepOne,

    /// <summary>All stay, and in one split.</summary>
    KeepTogether,

    /// <summary>They are not looked for: the same music may be learned and tested.</summary>
    Ignore,
}
