namespace Etude.Corpora.Preparing;

/// <summary>Which of the places 0 to count - 1 belong together; the lowest place of a set stands for it.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];

    public int Find(int place)
    {
        while (parents[place] != place) place = parents[place] = parents[parents[place]];
        return place;
    }

    public void Join(int a, int b)
    {
        (a, b) = (Find(a), Find(b));
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }
}
