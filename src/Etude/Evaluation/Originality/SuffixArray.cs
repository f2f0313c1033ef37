namespace Etude.Evaluation.Originality;

/// <summary>The suffixes of a text in order (Manber and Myers 1993, prefix doubling with counting sorts: O(n log n)).</summary>
internal static class SuffixArray
{
    /// <summary>Positions of the text's suffixes, the smallest suffix first; a suffix that begins another is smaller.</summary>
    /// <param name="text">Symbols, none negative.</param>
    public static int[] Build(ReadOnlySpan<int> text)
    {
        int count = text.Length;
        var order = new int[count];
        if (count == 0) return order;
        var rank = new int[count]; // of the suffix's first `width` symbols, from 1; beyond the end it is 0
        var bySecondHalf = new int[count];
        var nextRank = new int[count];
        int highest = 0;
        for (int i = 0; i < count; i++)
        {
            rank[i] = text[i] + 1;
            bySecondHalf[i] = i;
            highest = Math.Max(highest, rank[i]);
        }
        var starts = new int[Math.Max(highest, count) + 2];

        for (int width = 0; ; width = width == 0 ? 1 : width * 2)
        {
            if (width > 0)
            {
                // Suffixes too short to have a second half come first, then those whose second half is smallest.
                int filled = 0;
                for (int i = count - width; i < count; i++) bySecondHalf[filled++] = i;
                foreach (int position in order)
                {
                    if (position >= width) bySecondHalf[filled++] = position - width;
                }
            }
            Array.Clear(starts, 0, highest + 2);
            for (int i = 0; i < count; i++) starts[rank[i] + 1]++;
            for (int i = 1; i <= highest + 1; i++) starts[i] += starts[i - 1];
            foreach (int position in bySecondHalf) order[starts[rank[position]]++] = position;

            nextRank[order[0]] = highest = 1;
            for (int i = 1; i < count; i++)
            {
                int current = order[i], before = order[i - 1];
                bool equal = rank[current] == rank[before]
                    && (width == 0 || RankAt(rank, current + width) == RankAt(rank, before + width));
                nextRank[current] = equal ? highest : ++highest;
            }
            (rank, nextRank) = (nextRank, rank);
            if (highest == count || width >= count) return order;
        }
    }

    private static int RankAt(int[] rank, int position) => position < rank.Length ? rank[position] : 0;
}
