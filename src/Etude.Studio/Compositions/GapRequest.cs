using System.ComponentModel;
using Etude.Music.Scores;

namespace Etude.Studio.Compositions;

/// <summary>Bars of a piece to compose anew between those that stay; only for models whose controls list "gap".</summary>
internal sealed record GapRequest
{
    [Description("The id of a composition or of a primer.")]
    public required string Id { get; init; }

    [Description("A place in the first bar to compose, in seconds.")]
    public required double FromSeconds { get; init; }

    [Description("Where the last bar ends, or a place in it, in seconds.")]
    public required double ToSeconds { get; init; }

    [Description("The hand to compose anew while the other stays; absent for both.")]
    public Hand? Hand { get; init; }
}
