using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Etude.Evaluation.Sets;

/// <summary>Sets of pieces beside a reference and its controls; see <see cref="SetComparison.Compare"/>.</summary>
/// <param name="Reference">The reference's name.</param>
/// <param name="Options">How it was measured.</param>
/// <param name="SampleSize">How many pieces of each set entered a draw.</param>
/// <param name="Sets">The reference first, then the floor, the candidates in their order, and the ceiling.</param>
public sealed record SetReport(string Reference, SetOptions Options, int SampleSize, ImmutableArray<SetSummary> Sets)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Likelihoods of held-out music, where models were given.</summary>
    public ImmutableArray<Likelihood> Likelihoods { get; init; } = [];

    /// <summary>What the sets share with a corpus, where an index was given.</summary>
    public ImmutableArray<SetOriginality> Originality { get; init; } = [];

    /// <summary>How many of the sets' pieces are whole, where that was counted: human ones as they are, composed ones in the length asked for.</summary>
    public ImmutableArray<SetForm> Forms { get; init; } = [];

    /// <summary>The whole report as JSON; what is not a number is the string "NaN".</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
