namespace Etude.Composing;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (1846).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 64;

    /// <summary>All pairs, the largest value first; vectors have length 1.</summary>
    /// <param name="matrix">Symmetric; left as it is.</param>
    public static IReadOnlyList<(double Value, double[] Vector)> Decompose(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = new double[size, size];
        for (int i = 0; i < size; i++) vectors[i, i] = 1;
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(a) > 1e-24 * Total(a); sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++) Rotate(a, vectors, p, q);
            }
        }
        return [.. Enumerable.Range(0, size)
            .Select(column => (a[column, column], Enumerable.Range(0, size).Select(row => vectors[row, column]).ToArray()))
            .OrderByDescending(pair => pair.Item1)];
    }

    // The rotation in the plane of p and q that makes a[p, q] zero.
    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1), sine = tangent * cosine;
        int size = a.GetLength(0);
        for (int i = 0; i < size; i++) Turn(ref a[i, p], ref a[i, q]);
        for (int i = 0; i < size; i++) Turn(ref a[p, i], ref a[q, i]);
        for (int i = 0; i < size; i++) Turn(ref vectors[i, p], ref vectors[i, q]);

        void Turn(ref double first, ref double second) =>
            (first, second) = ((cosine * first) - (sine * second), (sine * first) + (cosine * second));
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++) sum += a[i, j] * a[i, j];
        }
        return sum;
    }

    private static double Total(double[,] a) => a.Cast<double>().Sum(value => value * value);
}
