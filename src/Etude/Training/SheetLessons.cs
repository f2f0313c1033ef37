using System.Collections.Immutable;
using Etude.Corpora;
using Etude.Corpora.Batches;
using Etude.Corpora.Preparing;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>
/// How the pieces of an epoch are written as sheets: which have headings, and which bars are told late. It hangs on the
/// piece's name, the epoch and the seed alone.
/// </summary>
/// <remarks>
/// A piece has headings with the chance <see cref="TrainingSettings.Headings"/>; each kind of them then stays in two of three
/// cases, so that a model learns to be asked for any of them. With the chance <see cref="TrainingSettings.Infill"/> it has
/// gaps all along: 2 to 12 bars, a gap of 1 to 8, 1 to 8 bars until it is filled, and so on; of the gaps half leave out both
/// hands, a quarter each hand.
/// </remarks>
internal sealed class SheetLessons(SheetRepresentation representation, TrainingSettings settings)
{
    private readonly ImmutableArray<SheetStyle> _styles = ((SheetOptions)representation.Options).Styles;

    public ImmutableArray<int> Encode(CorpusPiece piece, Score score, int epoch) =>
        representation.Encode(score, Plan(piece, score, epoch)).Tokens;

    internal SheetPlan Plan(CorpusPiece piece, Score score, int epoch)
    {
        var random = new SeededRandom(StableHash.Of(piece.Name, settings.Seed ^ StableHash.Mix((ulong)epoch + 1)));
        SheetPlan plan = SheetPlan.Plain;
        if (random.Chance(settings.Headings))
        {
            string[] styles = [.. _styles.Where(style => style.Pieces.Any(pattern => FileScan.Matches(pattern, piece.Name))).Select(style => style.Name)];
            bool isNamed = random.Next(3) > 0 && styles.Length > 0;
            plan = plan with
            {
                Style = isNamed ? styles[random.Next(styles.Length)] : null,
                Keys = random.Next(3) > 0,
                Densities = random.Next(3) > 0,
            };
        }
        return random.Chance(settings.Infill) ? plan with { Gaps = Gaps(representation.BarOnsets(score).Length, random) } : plan;
    }

    private static ImmutableArray<SheetGap> Gaps(int bars, SeededRandom random)
    {
        var gaps = ImmutableArray.CreateBuilder<SheetGap>();
        for (int bar = random.Next(11); bar < bars;)
        {
            var gap = new SheetGap(bar, 1 + random.Next(8), 1 + random.Next(8), random.Next(4) switch { 0 => Hand.Left, 1 => Hand.Right, _ => null });
            gaps.Add(gap);
            bar = gap.FirstBar + gap.BarCount + gap.ContextBars + 2 + random.Next(11);
        }
        return gaps.ToImmutable();
    }
}
