using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>Bars of a piece that are to be composed anew between those that are kept.</summary>
/// <param name="Score">The piece. What is kept of it stays as it is, to the tick.</param>
/// <param name="FirstBar">The first bar to compose, numbered as <see cref="BarMap"/> does.</param>
/// <param name="LastBar">The last one.</param>
public sealed record Gap(Score Score, int FirstBar, int LastBar)
{
    /// <summary>The hand that is composed anew while the other is kept; null for both. Default null.</summary>
    public Hand? Hand { get; init; }
}
