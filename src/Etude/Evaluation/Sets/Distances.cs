namespace Etude.Evaluation.Sets;

/// <summary>How far apart two samples of a number lie.</summary>
public static class Distances
{
    private const int GridPoints = 1024;

    /// <summary>
    /// The earth mover's distance W1: the area between the two cumulative distributions, in the unit of the values.
    /// NaN where a sample is empty.
    /// </summary>
    public static double Wasserstein(IEnumerable<double> first, IEnumerable<double> second)
    {
        double[] a = [.. first.Order()], b = [.. second.Order()];
        if (a.Length == 0 || b.Length == 0) return double.NaN;
        double area = 0, last = Math.Min(a[0], b[0]);
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            bool fromFirst = j == b.Length || (i < a.Length && a[i] <= b[j]);
            double value = fromFirst ? a[i] : b[j];
            area += (value - last) * Math.Abs((double)i / a.Length - (double)j / b.Length);
            last = value;
            if (fromFirst) i++;
            else j++;
        }
        return area;
    }

    /// <summary>
    /// Yang and Lerch's two comparisons of samples, each smoothed by a Gaussian kernel of Scott's width
    /// (sd n^(-1/5)): the area under the lower of the two densities, 0 (apart) to 1 (the same), and
    /// KL(first || second) in nats.
    /// </summary>
    /// <remarks>
    /// Both densities are evaluated on one grid of 1,024 points from three widths below the least value to three above
    /// the greatest. (The authors' own code, mgeval, takes the second density of its KL on another grid than the first,
    /// so its values do not compare.) Densities are floored at 1e-12 of their mass for the KL. A sample without spread
    /// is a peak one thousandth of the other's spread wide; two such samples overlap wholly or not at all.
    /// </remarks>
    /// <returns>NaN where a sample has fewer than two values.</returns>
    public static (double OverlappingArea, double KullbackLeibler) Densities(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count < 2 || second.Count < 2) return (double.NaN, double.NaN);
        double widthA = ScottWidth(first), widthB = ScottWidth(second);
        double spread = Math.Max(widthA, widthB);
        if (spread == 0) spread = first[0] == second[0] ? 1 : Math.Abs(first[0] - second[0]);
        widthA = Math.Max(widthA, spread / 1000);
        widthB = Math.Max(widthB, spread / 1000);
        double low = Math.Min(first.Min() - 3 * widthA, second.Min() - 3 * widthB);
        double high = Math.Max(first.Max() + 3 * widthA, second.Max() + 3 * widthB);
        double[] a = Mass(first, widthA, low, high), b = Mass(second, widthB, low, high);
        double overlap = 0, divergence = 0;
        for (int i = 0; i < GridPoints; i++)
        {
            overlap += Math.Min(a[i], b[i]);
            double p = Math.Max(a[i], 1e-12), q = Math.Max(b[i], 1e-12);
            divergence += p * Math.Log(p / q);
        }
        return (overlap, divergence);
    }

    /// <summary>The smoothed share of a sample near each point of a grid: sums to 1.</summary>
    internal static double[] Mass(IReadOnlyList<double> values, double width, double low, double high, int points = GridPoints)
    {
        // Values go to their two nearest points in proportion; then one kernel serves all.
        double step = (high - low) / (points - 1);
        var counts = new double[points];
        foreach (double value in values)
        {
            double place = Math.Clamp((value - low) / step, 0, points - 1);
            int below = Math.Min((int)place, points - 2);
            counts[below] += 1 - (place - below);
            counts[below + 1] += place - below;
        }
        int reach = Math.Min(points - 1, (int)Math.Ceiling(6 * width / step));
        var mass = new double[points];
        double total = 0;
        for (int offset = -reach; offset <= reach; offset++)
        {
            double weight = Math.Exp(-0.5 * Math.Pow(offset * step / width, 2));
            for (int i = Math.Max(0, -offset); i < Math.Min(points, points - offset); i++) mass[i + offset] += weight * counts[i];
        }
        foreach (double share in mass) total += share;
        for (int i = 0; i < points; i++) mass[i] /= total;
        return mass;
    }

    internal static double ScottWidth(IReadOnlyList<double> values) =>
        StandardDeviation(values) * Math.Pow(values.Count, -0.2);

    /// <summary>The standard deviation of a sample, with n - 1.</summary>
    internal static double StandardDeviation(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
