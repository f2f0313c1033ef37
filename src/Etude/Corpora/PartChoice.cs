using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>Which parts of a piece stay, of those that are neither drums nor, where asked, another instrument.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PartChoice>))]
public enum PartChoice
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>The one with the most notes.</summary>
    Busiest,

    /// <summary>The one with the highest mean pitch: most often the melody or the right hand.</summary>
    Highest,
}
