using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>What the amounts of <see cref="SplitOptions"/> mean.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<SplitBy>))]
public enum SplitBy
{
    /// <summary>Shares of all pieces.</summary>
    Share,

    /// <summary>Numbers of pieces.</summary>
    Count,

    /// <summary>Nothing: files list the pieces of each split.</summary>
    List,
}
