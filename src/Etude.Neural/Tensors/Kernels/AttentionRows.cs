using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// The softmax of attention over a block of weights, row by row, on this thread: each row sees a stretch of the columns, the rest
/// becomes zero.
/// </summary>
internal static class AttentionRows
{
    /// <summary>
    /// weights = e^(scale weights - max), where max is the largest so far of each row; sums and maxima are brought up to date.
    /// </summary>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="scale">What products are multiplied by.</param>
    /// <param name="starts">[rows]: the first column that each row sees.</param>
    /// <param name="ends">[rows]: the column after the last; not above <paramref name="starts"/> where none is seen.</param>
    /// <param name="weights">[rows, columns]</param>
    /// <param name="maxima">[rows], negative infinity at first.</param>
    /// <param name="sums">[rows], zero at first.</param>
    /// <param name="shrinks">[rows]: what earlier results of each row must be multiplied by.</param>
    public static void Forward(
        int columns, float scale, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<float> weights, Span<float> maxima, Span<float> sums,
        Span<float> shrinks) =>
        Kernel.RunPart(new ForwardKernel(columns, scale, starts, ends, weights, maxima, sums, shrinks), 0);

    /// <summary>weights = e^(scale weights - logSum) and slopes = scale weights (slopes - dot), row by row.</summary>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="scale">What products are multiplied by.</param>
    /// <param name="starts">[rows], as before.</param>
    /// <param name="ends">[rows], as before.</param>
    /// <param name="weights">[rows, columns]: products in, weights out.</param>
    /// <param name="slopes">[rows, columns]: gradients of the weights in, of the products out.</param>
    /// <param name="logSums">[rows]: the logarithm of the sum that the softmax divides by.</param>
    /// <param name="dots">[rows]: the gradient of the result times the result.</param>
    public static void Backward(
        int columns, float scale, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<float> weights, Span<float> slopes,
        ReadOnlySpan<float> logSums, ReadOnlySpan<float> dots) =>
        Kernel.RunPart(new BackwardKernel(columns, scale, starts, ends, weights, slopes, logSums, dots), 0);

    /// <summary>result = the sum of weights[i] times row i: what one step takes from those it looks at.</summary>
    /// <param name="weights">[rows]</param>
    /// <param name="rows">[rows, result.Length]</param>
    /// <param name="result">[width]; must not overlap the rows.</param>
    public static void Mix(ReadOnlySpan<float> weights, ReadOnlySpan<float> rows, Span<float> result) =>
        Kernel.RunPart(new MixKernel(weights, rows[..(weights.Length * result.Length)], result), 0);

    private readonly ref struct MixKernel(ReadOnlySpan<float> weights, ReadOnlySpan<float> rows, Span<float> result) : IKernel
    {
        private readonly ReadOnlySpan<float> weights = weights, rows = rows;
        private readonly Span<float> result = result;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int width = result.Length, i = 0;
            ref float origin = ref MemoryMarshal.GetReference(rows);
            // Four vectors of columns at once, so that an addition need not wait for the one before it.
            for (; i <= width - 4 * T.Width; i += 4 * T.Width)
            {
                T sum0 = T.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
                ref float at = ref Unsafe.Add(ref origin, i);
                foreach (float weight in weights)
                {
                    T factor = T.Broadcast(weight);
                    sum0.Accumulate(T.Load(in at), factor);
                    sum1.Accumulate(T.Load(in Unsafe.Add(ref at, T.Width)), factor);
                    sum2.Accumulate(T.Load(in Unsafe.Add(ref at, 2 * T.Width)), factor);
                    sum3.Accumulate(T.Load(in Unsafe.Add(ref at, 3 * T.Width)), factor);
                    at = ref Unsafe.Add(ref at, width);
                }
                sum0.Store(ref result[i]);
                sum1.Store(ref result[i + T.Width]);
                sum2.Store(ref result[i + 2 * T.Width]);
                sum3.Store(ref result[i + 3 * T.Width]);
            }
            for (; i <= width - T.Width; i += T.Width) Column<T>(i);
            for (; i < width; i++) Column<Lanes1>(i);
        }

        private void Column<T>(int i) where T : struct, ILanes<T>
        {
            T sum = T.Broadcast(0);
            for (int row = 0; row < weights.Length; row++) sum.Accumulate(T.Load(in rows[row * result.Length + i]), T.Broadcast(weights[row]));
            sum.Store(ref result[i]);
        }
    }

    private readonly ref struct ForwardKernel(
        int columns, float scale, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<float> weights, Span<float> maxima, Span<float> sums,
        Span<float> shrinks) : IKernel
    {
        private readonly ReadOnlySpan<int> starts = starts, ends = ends;
        private readonly Span<float> weights = weights, maxima = maxima, sums = sums, shrinks = shrinks;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            for (int row = 0; row < maxima.Length; row++)
            {
                Span<float> line = weights.Slice(row * columns, columns), seen = Seen(line, starts[row], ends[row]);
                shrinks[row] = 1;
                if (seen.IsEmpty) continue;
                float max = MathF.Max(maxima[row], scale * Fold.Max<T>(seen));
                shrinks[row] = MathF.Exp(maxima[row] - max);
                Map.Here<T, ScaledExp>(new(scale, max), seen, seen);
                sums[row] = sums[row] * shrinks[row] + Fold.Sum<T, Functions.Identity>(default, seen);
                maxima[row] = max;
            }
        }
    }

    private readonly ref struct BackwardKernel(
        int columns, float scale, ReadOnlySpan<int> starts, ReadOnlySpan<int> ends, Span<float> weights, Span<float> slopes,
        ReadOnlySpan<float> logSums, ReadOnlySpan<float> dots) : IKernel
    {
        private readonly ReadOnlySpan<int> starts = starts, ends = ends;
        private readonly Span<float> weights = weights, slopes = slopes;
        private readonly ReadOnlySpan<float> logSums = logSums, dots = dots;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            for (int row = 0; row < logSums.Length; row++)
            {
                Span<float> seen = Seen(weights.Slice(row * columns, columns), starts[row], ends[row]);
                Span<float> slope = Seen(slopes.Slice(row * columns, columns), starts[row], ends[row]);
                Map.Here<T, ScaledExp>(new(scale, logSums[row]), seen, seen);
                Map.Here<T, Slope>(new(scale, dots[row]), seen, slope, slope);
            }
        }
    }

    // What a row sees; the rest of the line is cleared.
    private static Span<float> Seen(Span<float> line, int start, int end)
    {
        if (start >= end)
        {
            line.Clear();
            return [];
        }
        line[..start].Clear();
        line[end..].Clear();
        return line[start..end];
    }

    private readonly struct ScaledExp(float scale, float shift) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => VectorMath.Exp(T.MultiplyAdd(x, T.Broadcast(scale), T.Broadcast(-shift)));
    }

    private readonly struct Slope(float scale, float dot) : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T weight, T slope) where T : struct, ILanes<T> => T.Broadcast(scale) * weight * (slope - T.Broadcast(dot));
    }
}
