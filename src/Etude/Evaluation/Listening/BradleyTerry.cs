namespace Etude.Evaluation.Listening;

/// <summary>
/// Strengths from comparisons: i beats j with probability g(i) / (g(i) + g(j)) (Bradley and Terry 1952), fitted by the
/// minorization-maximization algorithm (Hunter 2004, Annals of Statistics 32).
/// </summary>
public static class BradleyTerry
{
    /// <summary>Fits the strengths.</summary>
    /// <param name="wins">[i][j]: how often i was preferred to j; a tie counts half to both.</param>
    /// <returns>
    /// ln g of each, with mean 0. Each item also wins and loses half a comparison with an item of strength 1, so that one
    /// which never won has a finite strength.
    /// </returns>
    public static double[] Fit(double[][] wins)
    {
        ArgumentNullException.ThrowIfNull(wins);
        int count = wins.Length;
        double[] strength = [.. Enumerable.Repeat(1.0, count)];
        for (int round = 0; round < 10_000; round++)
        {
            double largestChange = 0;
            for (int i = 0; i < count; i++)
            {
                double won = 0.5, weight = 1 / (strength[i] + 1);
                for (int j = 0; j < count; j++)
                {
                    if (j == i) continue;
                    won += wins[i][j];
                    weight += (wins[i][j] + wins[j][i]) / (strength[i] + strength[j]);
                }
                double next = won / weight;
                largestChange = Math.Max(largestChange, Math.Abs(Math.Log(next / strength[i])));
                strength[i] = next;
            }
            if (largestChange < 1e-10) break;
        }
        double mean = strength.Sum(Math.Log) / Math.Max(1, count);
        return [.. strength.Select(value => Math.Log(value) - mean)];
    }
}
