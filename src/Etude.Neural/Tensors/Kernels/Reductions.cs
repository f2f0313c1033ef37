using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Sums and maxima. Sums are added in a fixed order, whatever the number of threads.</summary>
internal static class Reductions
{
    // Blocks are summed in single precision, four vectors at a time; the blocks' sums in double precision.
    private const int BlockLength = 4096;
    private const int MostParts = 64;

    /// <summary>The sum, with double precision between blocks of 4096.</summary>
    public static double Sum(ReadOnlySpan<float> x) => Sum(default(First), x, x);

    /// <summary>The sum of squares, with double precision between blocks of 4096.</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x) => Sum(default(Functions.Times), x, x);

    /// <summary>The sum of products of two vectors of one length, with double precision between blocks of 4096.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Sum(default(Functions.Times), x, y);

    /// <summary>The largest value; negative infinity of an empty span.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        float max = 0;
        Kernel.RunPart(new MaxKernel(x, ref max), 0);
        return max;
    }

    /// <summary>The place of the largest value, the first among equals; -1 of an empty span.</summary>
    public static int IndexOfMax(ReadOnlySpan<float> x) => x.IsEmpty ? -1 : Math.Max(0, x.IndexOf(Max(x)));

    /// <summary>sums[column] = (or += when <paramref name="accumulate"/>) the sum of the column, as for the gradient of a bias.</summary>
    /// <param name="matrix">[rows, columns]</param>
    /// <param name="sums">[columns]</param>
    public static void ColumnSums(int rows, int columns, ReadOnlySpan<float> matrix, Span<float> sums, bool accumulate)
    {
        sums = sums[..columns];
        if (!accumulate) sums.Clear();
        int parts = Math.Max(1, Math.Min((columns + ColumnKernel.Columns - 1) / ColumnKernel.Columns, rows * columns / Kernel.PartLength));
        Kernel.Run(parts, new ColumnKernel(rows, columns, parts, matrix[..(rows * columns)], sums));
    }

    private static double Sum<TFunction>(TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y) where TFunction : struct, Map.IBinary
    {
        int blocks = (x.Length + BlockLength - 1) / BlockLength, blocksPerPart = (blocks + MostParts - 1) / MostParts;
        if (blocks == 0) return 0;
        int parts = (blocks + blocksPerPart - 1) / blocksPerPart;
        Span<double> sums = stackalloc double[MostParts];
        Kernel.Run(parts, new SumKernel<TFunction>(function, x, y[..x.Length], blocksPerPart * BlockLength, sums));
        double total = 0;
        foreach (double sum in sums[..parts]) total += sum;
        return total;
    }

    private readonly ref struct SumKernel<TFunction>(
        TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, int partLength, Span<double> sums) : IKernel
        where TFunction : struct, Map.IBinary
    {
        private readonly ReadOnlySpan<float> x = x, y = y;
        private readonly Span<double> sums = sums;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(x.Length, (part + 1) * partLength);
            double sum = 0;
            for (int start = part * partLength; start < end; start += BlockLength)
            {
                int length = Math.Min(BlockLength, end - start);
                sum += Fold.Sum<T, TFunction>(function, x.Slice(start, length), y.Slice(start, length));
            }
            sums[part] = sum;
        }
    }

    private readonly ref struct MaxKernel(ReadOnlySpan<float> x, ref float max) : IKernel
    {
        private readonly ReadOnlySpan<float> x = x;
        private readonly ref float max = ref max;

        public void Run<T>(int part) where T : struct, ILanes<T> => max = Fold.Max<T>(x);
    }

    private readonly ref struct ColumnKernel(int rows, int columns, int parts, ReadOnlySpan<float> matrix, Span<float> sums) : IKernel
    {
        /// <summary>Columns read together: long enough a piece of each row for memory to be read at full speed.</summary>
        public const int Columns = 256;

        // Rows are summed in groups, and the groups' sums added, which keeps the rounding error of long columns down.
        private const int GroupRows = 64;

        private readonly ReadOnlySpan<float> matrix = matrix;
        private readonly Span<float> sums = sums;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            // Cut at whole groups of columns.
            int groups = (columns + Columns - 1) / Columns;
            int start = groups * part / parts * Columns, end = Math.Min(columns, groups * (part + 1) / parts * Columns);
            Span<float> group = stackalloc float[Columns];
            for (; start < end; start += Columns)
            {
                int length = Math.Min(Columns, end - start);
                Span<float> total = sums.Slice(start, length), partial = group[..length];
                for (int first = 0; first < rows; first += GroupRows)
                {
                    partial.Clear();
                    for (int row = first; row < Math.Min(rows, first + GroupRows); row++)
                    {
                        Map.Here<T, Functions.Plus>(default, partial, matrix.Slice(row * columns + start, length), partial);
                    }
                    Map.Here<T, Functions.Plus>(default, total, partial, total);
                }
            }
        }
    }

    private readonly struct First : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => x;
    }
}
