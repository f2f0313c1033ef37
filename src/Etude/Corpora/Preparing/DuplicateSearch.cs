using System.Runtime.InteropServices;

namespace Etude.Corpora.Preparing;

/// <summary>
/// Finds pieces that share music. Time grows with the number of notes, not of pairs: only pieces that share a rare passage are
/// held against each other.
/// </summary>
internal static class DuplicateSearch
{
    /// <summary>Two pieces, by their places, and the share of the smaller one's passages that the other has too.</summary>
    internal readonly record struct Pair(int A, int B, double Similarity);

    // A passage found in more pieces than this is a commonplace (a scale, a broken chord) and tells nothing.
    private const int Commonplace = 64;

    // With fewer shared passages than this, chance and cliché cannot be told from likeness: docs/decisions/likeness-and-splits.md.
    private const int FewestShared = 24;

    /// <summary>The pairs at least so similar, in order. Of pieces that are identical, only the first is held against others.</summary>
    public static IReadOnlyList<Pair> Pairs(IReadOnlyList<Passages> pieces, double leastSimilarity)
    {
        var pairs = new List<Pair>();
        var firsts = new Dictionary<ulong, int>();
        for (int place = 0; place < pieces.Count; place++)
        {
            if (!firsts.TryAdd(pieces[place].Identity, place)) pairs.Add(new Pair(firsts[pieces[place].Identity], place, 1));
        }
        foreach (((int a, int b), int shared) in SharedPassages(pieces, [.. firsts.Values]))
        {
            double similarity = shared / (double)Math.Min(pieces[a].Sample.Length, pieces[b].Sample.Length);
            if (shared >= FewestShared && similarity >= leastSimilarity) pairs.Add(new Pair(a, b, similarity));
        }
        return [.. pairs.OrderBy(pair => (pair.A, pair.B))];
    }

    private static Dictionary<(int A, int B), int> SharedPassages(IReadOnlyList<Passages> pieces, int[] places)
    {
        int total = places.Sum(place => pieces[place].Sample.Length);
        var hashes = new ulong[total];
        var owners = new int[total];
        int at = 0;
        foreach (int place in places)
        {
            pieces[place].Sample.CopyTo(hashes, at);
            owners.AsSpan(at, pieces[place].Sample.Length).Fill(place);
            at += pieces[place].Sample.Length;
        }
        Array.Sort(hashes, owners);

        var shared = new Dictionary<(int A, int B), int>();
        for (int start = 0, end; start < total; start = end)
        {
            for (end = start + 1; end < total && hashes[end] == hashes[start];) end++;
            if (end - start is 1 or > Commonplace) continue;
            owners.AsSpan(start, end - start).Sort();
            for (int i = start; i < end; i++)
            {
                for (int j = i + 1; j < end; j++)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(shared, (owners[i], owners[j]), out _)++;
                }
            }
        }
        return shared;
    }
}
