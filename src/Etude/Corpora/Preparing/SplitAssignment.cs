namespace Etude.Corpora.Preparing;

/// <summary>Deals works out to the splits.</summary>
internal static class SplitAssignment
{
    // Held-out splits come first in the order of dealing, so that they are the steady ones when files are added.
    private static readonly Split[] DealingOrder = [Split.Validation, Split.Test, Split.Training];

    /// <summary>The split of each work by share or by count; null for one that no split has a place for.</summary>
    /// <param name="works">The number of pieces of each work by its name.</param>
    /// <param name="options">Shares or counts.</param>
    /// <exception cref="CorpusException">There are too few pieces.</exception>
    public static Dictionary<string, Split?> Deal(IReadOnlyDictionary<string, int> works, SplitOptions options)
    {
        int pieces = works.Values.Sum();
        var asked = new Dictionary<Split, double>
        {
            [Split.Training] = options.Training,
            [Split.Validation] = options.Validation,
            [Split.Test] = options.Test,
        };
        bool counting = options.By == SplitBy.Count;
        double scale = counting ? 1 : pieces / asked.Values.Sum();
        var places = asked.ToDictionary(pair => pair.Key, pair => (int)Math.Round(pair.Value * scale));
        if (!counting) places[Split.Training] = pieces;

        string[] order = [.. works.Keys.OrderBy(work => StableHash.Of(work, options.Seed)).ThenBy(work => work, StringComparer.Ordinal)];
        var dealt = new Dictionary<string, Split?>(works.Count, StringComparer.Ordinal);
        foreach (string work in order)
        {
            Split? split = null;
            foreach (Split candidate in DealingOrder)
            {
                if (asked[candidate] > 0 && works[work] <= places[candidate])
                {
                    split = candidate;
                    places[candidate] -= works[work];
                    break;
                }
            }
            dealt[work] = split;
        }
        if (counting) RequireFull(places, asked, pieces);
        else FillEmpty(works, order, dealt, asked);
        return dealt;
    }

    // Small shares of few pieces may round to none: then the smallest work of the fullest split fills the empty one.
    private static void FillEmpty(
        IReadOnlyDictionary<string, int> works, string[] order, Dictionary<string, Split?> dealt, Dictionary<Split, double> asked)
    {
        foreach (Split empty in DealingOrder.Where(split => asked[split] > 0 && !dealt.ContainsValue(split)))
        {
            var fullest = order.GroupBy(work => dealt[work]).MaxBy(group => group.Count());
            if (fullest is null || fullest.Count() < 2)
            {
                throw new CorpusException(
                    $"{works.Count} works are too few to divide between {asked.Count(pair => pair.Value > 0)} splits. "
                    + $"Set split.{Setting(empty)} to 0, add files or loosen the filters.");
            }
            dealt[fullest.MinBy(work => works[work])!] = empty;
        }
    }

    private static void RequireFull(Dictionary<Split, int> left, Dictionary<Split, double> asked, int pieces)
    {
        foreach ((Split split, int places) in left)
        {
            if (places == 0 || asked[split] == 0) continue;
            throw new CorpusException(
                $"The split asks for {asked[Split.Training]} + {asked[Split.Validation]} + {asked[Split.Test]} pieces, and {pieces} are left: "
                + $"{places} are missing for {Setting(split)} (those of one work stay together). "
                + $"Lower split.{Setting(split)}, add files or loosen the filters.");
        }
    }

    private static string Setting(Split split) => split.ToString().ToLowerInvariant();
}
