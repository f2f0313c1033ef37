namespace Etude.Music.Analysis;

/// <summary>Shannon's entropy of a histogram.</summary>
internal static class Entropy
{
    /// <summary>H = -sum p log2 p of the counts divided by their sum; NaN when they sum to 0.</summary>
    public static double Bits(ReadOnlySpan<double> counts)
    {
        double total = 0;
        foreach (double count in counts) total += count;
        if (total <= 0) return double.NaN;
        double bits = 0;
        foreach (double count in counts)
        {
            if (count > 0) bits -= count / total * Math.Log2(count / total);
        }
        return bits;
    }
}
