using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Product of a matrix of 8-bit integers with a scale for each row, and a vector: a quarter of the reading of <see cref="Gemv"/>.</summary>
internal static class QuantizedGemv
{
    // 64 KB of weights: some microseconds' reading.
    private const int PartWeights = 64 * 1024;

    // Rows done at once, so that the vector is read once for all of them.
    private const int RowsAtOnce = 4;

    /// <summary>y = scale W x + bias, or y += scale W x + bias when <paramref name="accumulate"/>.</summary>
    /// <param name="rows">Length of y.</param>
    /// <param name="columns">Length of x.</param>
    /// <param name="weights">[rows, columns]</param>
    /// <param name="scales">[rows]</param>
    /// <param name="x">[columns]</param>
    /// <param name="bias">[rows], or empty for none.</param>
    /// <param name="y">[rows]; must not overlap x.</param>
    public static void Multiply(
        int rows, int columns, ReadOnlySpan<sbyte> weights, ReadOnlySpan<float> scales, ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y,
        bool accumulate)
    {
        int rowsPerPart = Math.Max(RowsAtOnce, PartWeights / Math.Max(1, columns) / RowsAtOnce * RowsAtOnce);
        Kernel.Run(
            (rows + rowsPerPart - 1) / rowsPerPart,
            new Product(rowsPerPart, weights[..(rows * columns)], scales[..rows], x[..columns], bias, y[..rows], accumulate));
    }

    private readonly ref struct Product(
        int rowsPerPart, ReadOnlySpan<sbyte> weights, ReadOnlySpan<float> scales, ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y,
        bool accumulate) : IKernel
    {
        private readonly ReadOnlySpan<sbyte> weights = weights;
        private readonly ReadOnlySpan<float> scales = scales, x = x, bias = bias;
        private readonly Span<float> y = y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int row = part * rowsPerPart, end = Math.Min(y.Length, row + rowsPerPart), columns = x.Length;
            ref sbyte w = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights), (nint)row * columns);
            ref float vector = ref MemoryMarshal.GetReference(x);
            for (; row <= end - RowsAtOnce; row += RowsAtOnce)
            {
                T sum0 = T.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
                int i = 0;
                for (; i <= columns - T.Width; i += T.Width)
                {
                    T value = T.Load(in Unsafe.Add(ref vector, i));
                    ref sbyte at = ref Unsafe.Add(ref w, i);
                    sum0.Accumulate(T.LoadBytes(in at), value);
                    sum1.Accumulate(T.LoadBytes(in Unsafe.Add(ref at, columns)), value);
                    sum2.Accumulate(T.LoadBytes(in Unsafe.Add(ref at, 2 * columns)), value);
                    sum3.Accumulate(T.LoadBytes(in Unsafe.Add(ref at, 3 * columns)), value);
                }
                Finish(row, T.Sum(sum0) + Rest(ref w, ref vector, i, columns));
                Finish(row + 1, T.Sum(sum1) + Rest(ref Unsafe.Add(ref w, columns), ref vector, i, columns));
                Finish(row + 2, T.Sum(sum2) + Rest(ref Unsafe.Add(ref w, 2 * columns), ref vector, i, columns));
                Finish(row + 3, T.Sum(sum3) + Rest(ref Unsafe.Add(ref w, 3 * columns), ref vector, i, columns));
                w = ref Unsafe.Add(ref w, RowsAtOnce * columns);
            }
            for (; row < end; row++)
            {
                T sum = T.Broadcast(0);
                int i = 0;
                for (; i <= columns - T.Width; i += T.Width)
                    sum.Accumulate(T.LoadBytes(in Unsafe.Add(ref w, i)), T.Load(in Unsafe.Add(ref vector, i)));
                Finish(row, T.Sum(sum) + Rest(ref w, ref vector, i, columns));
                w = ref Unsafe.Add(ref w, columns);
            }
        }

        private static float Rest(ref sbyte w, ref float x, int i, int columns)
        {
            float sum = 0;
            for (; i < columns; i++) sum += Unsafe.Add(ref w, i) * Unsafe.Add(ref x, i);
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Finish(int row, float sum)
        {
            sum *= scales[row];
            if (!bias.IsEmpty) sum += bias[row];
            y[row] = accumulate ? y[row] + sum : sum;
        }
    }
}
