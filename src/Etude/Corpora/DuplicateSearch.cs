using System.Runtime.InteropServices;

namespace Etude.Corpora;

/// <summary>
/// Finds the pieces that are the same music. Two are, when the share of the smaller one's passages that the other has too
/// reaches a threshold; and so are, in turn, those that a third joins. Time grows with the number of notes, not of pairs:
/// only pieces that share a rare passage are held against each other.
/// </summary>
internal sealed class DuplicateSearch
{
    // A passage found in more pieces than this is a commonplace (a scale, a broken chord) and tells nothing.
    private const int Commonplace = 64;

    // With fewer shared passages than this, chance and cliché cannot be told from likeness.
    private const int FewestShared = 8;

    private readonly DisjointSets sets;
    private readonly Dictionary<int, double> similarities = [];

    private DuplicateSearch(int count) => sets = new DisjointSets(count);

    /// <summary>The groups of two or more, as places in <paramref name="pieces"/>, each with the least similarity that joined it.</summary>
    public static IReadOnlyList<(int[] Members, double Similarity)> Groups(IReadOnlyList<Passages> pieces, double threshold)
    {
        var search = new DuplicateSearch(pieces.Count);
        search.JoinIdentical(pieces);
        search.JoinSimilar(pieces, threshold);
        return
        [
            .. from place in Enumerable.Range(0, pieces.Count)
               group place by search.sets.Find(place) into members
               where members.Count() > 1
               select (members.ToArray(), search.similarities[members.Key]),
        ];
    }

    private void JoinIdentical(IReadOnlyList<Passages> pieces)
    {
        var first = new Dictionary<ulong, int>();
        for (int place = 0; place < pieces.Count; place++)
        {
            if (!first.TryAdd(pieces[place].Identity, place)) Join(first[pieces[place].Identity], place, 1);
        }
    }

    private void JoinSimilar(IReadOnlyList<Passages> pieces, double threshold)
    {
        // One of each set of identical pieces stands for all.
        int[] places = [.. Enumerable.Range(0, pieces.Count).Where(place => sets.Find(place) == place)];
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

        var shared = new Dictionary<(int, int), int>();
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
        foreach (((int a, int b), int count) in shared.OrderBy(pair => pair.Key))
        {
            double similarity = count / (double)Math.Min(pieces[a].Sample.Length, pieces[b].Sample.Length);
            if (count >= FewestShared && similarity >= threshold) Join(a, b, similarity);
        }
    }

    private void Join(int a, int b, double similarity)
    {
        double least = Math.Min(similarity, Math.Min(Least(a), Least(b)));
        sets.Join(a, b);
        similarities[sets.Find(a)] = least;

        double Least(int place) => similarities.GetValueOrDefault(sets.Find(place), 1);
    }
}
