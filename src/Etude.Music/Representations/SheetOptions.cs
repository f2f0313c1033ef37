using System.Collections.Immutable;
using Etude.Music.Representations.Sheets;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// A sheet of piano music that can be steered: headings (style, key, density) before every <see cref="HeadingBars"/> bars, bars
/// with their meter, a countdown over the last bars, two hands, and gaps that are filled after the bars that follow them.
/// </summary>
/// <remarks>
/// A bar is <c>bar [length] [last] [hole] (position (duration? pitch+)+)*</c>. Notes of one position go from the left hand's
/// lowest to the right hand's highest; a duration is said where it differs from the last one of that hand in the bar, so that
/// runs and chords cost one token a note. Headings and gaps are there where a <see cref="SheetPlan"/> asks for them: a gap's
/// bars come without its notes, and again, whole, between <c>fill</c> and <c>resume</c> some bars later (Bavarian and others,
/// Efficient Training of Language Models to Fill in the Middle, 2022, cut to bars and hands). Decided in
/// docs/decisions/composer-tokens.md.
/// </remarks>
public sealed record SheetOptions : BarwiseOptions
{
    internal const string Name = "sheet";

    /// <summary>The bars from one place of headings to the next, 1 to 64. Default 8.</summary>
    public int HeadingBars { get; init; } = 8;

    /// <summary>How many bars from the end of a piece the countdown begins, 0 to 64. Default 16.</summary>
    public int LastBars { get; init; } = 16;

    /// <summary>The styles that headings can name, and the pieces that are in them. Default none.</summary>
    public ImmutableArray<SheetStyle> Styles { get; init; } = [];

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Check();
        return new SheetRepresentation(this, SheetTokens.Texts(this, scores.SelectMany(score => score.Meters)));
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Check();
        return new SheetRepresentation(this, vocabulary.Texts);
    }

    /// <inheritdoc/>
    public bool Equals(SheetOptions? other) =>
        other is not null && Grid == other.Grid && LongestQuarters == other.LongestQuarters && HeadingBars == other.HeadingBars
        && LastBars == other.LastBars && Styles.SequenceEqual(other.Styles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Grid, LongestQuarters, HeadingBars, LastBars, Styles.Length);

    private protected override void Check()
    {
        base.Check();
        Require(HeadingBars is >= 1 and <= 64, $"headingBars {HeadingBars}: 1 to 64");
        Require(LastBars is >= 0 and <= 64, $"lastBars {LastBars}: 0 to 64");
        Require(Styles.DistinctBy(style => style.Name).Count() == Styles.Length, $"styles: one name stands twice");
    }
}
