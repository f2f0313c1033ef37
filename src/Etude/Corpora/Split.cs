using System.Text.Json.Serialization;
using Etude.Corpora.Caching;

namespace Etude.Corpora;

/// <summary>What a piece is used for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Split>))]
public enum Split
{
    /// <summary>To fit the weights.</summary>
    Training,

    /// <summary>To choose between models and stop in time.</summary>
    Validation,

    /// <summary>To measure once, at the end.</summary>
    Test,
}
