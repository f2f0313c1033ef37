using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>A causal convolution of few steps along the rows of one sequence, each channel by itself.</summary>
internal static class DepthwiseRows
{
    /// <summary>y[t] = sum over i &lt; steps of w[i] x[t - i], where rows before x are those of <paramref name="past"/>.</summary>
    /// <param name="steps">Rows of w.</param>
    /// <param name="channels">The length of a row.</param>
    /// <param name="weights">[steps, channels]</param>
    /// <param name="past">[steps - 1, channels]</param>
    /// <param name="x">[time, channels]</param>
    /// <param name="y">[time, channels]</param>
    public static void Forward(int steps, int channels, ReadOnlySpan<float> weights, ReadOnlySpan<float> past, ReadOnlySpan<float> x, Span<float> y) =>
        Loop.Run(x.Length / channels, channels, steps, new ForwardBody(steps, channels, weights, past, x, y[..x.Length]));

    /// <summary>dx[t] += sum over i of w[i] dy[t + i]; rows after the last are zero.</summary>
    public static void BackwardInput(int steps, int channels, ReadOnlySpan<float> weights, ReadOnlySpan<float> dY, Span<float> dX) =>
        Loop.Run(dY.Length / channels, channels, steps, new InputBody(steps, channels, dY.Length / channels, weights, dY, dX[..dY.Length]));

    /// <summary>dw[i] += sum over t of x[t - i] dy[t].</summary>
    public static void BackwardWeight(
        int steps, int channels, ReadOnlySpan<float> past, ReadOnlySpan<float> x, ReadOnlySpan<float> dY, Span<float> dWeights)
    {
        int parts = (channels + WeightKernel.Columns - 1) / WeightKernel.Columns;
        Kernel.Run(parts, new WeightKernel(steps, channels, past, x, dY[..x.Length], dWeights[..(steps * channels)]));
    }

    private readonly ref struct ForwardBody(
        int steps, int channels, ReadOnlySpan<float> weights, ReadOnlySpan<float> past, ReadOnlySpan<float> x, Span<float> y) : ILoopBody
    {
        private readonly ref float weights = ref MemoryMarshal.GetReference(weights), x = ref MemoryMarshal.GetReference(x);
        private readonly ref float past = ref MemoryMarshal.GetReference(past), y = ref MemoryMarshal.GetReference(y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            T sum = T.Load(in Unsafe.Add(ref weights, i)) * T.Load(in Unsafe.Add(ref x, row * channels + i));
            for (int back = 1; back < steps; back++)
            {
                ref float from = ref row >= back
                    ? ref Unsafe.Add(ref x, (row - back) * channels + i)
                    : ref Unsafe.Add(ref past, (row - back + steps - 1) * channels + i);
                sum.Accumulate(T.Load(in Unsafe.Add(ref weights, back * channels + i)), T.Load(in from));
            }
            sum.Store(ref Unsafe.Add(ref y, row * channels + i));
        }
    }

    private readonly ref struct InputBody(
        int steps, int channels, int time, ReadOnlySpan<float> weights, ReadOnlySpan<float> dY, Span<float> dX) : ILoopBody
    {
        private readonly ref float weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float dY = ref MemoryMarshal.GetReference(dY), dX = ref MemoryMarshal.GetReference(dX);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float at = ref Unsafe.Add(ref dX, row * channels + i);
            T sum = T.Load(in at);
            int end = Math.Min(steps, time - row);
            for (int ahead = 0; ahead < end; ahead++)
            {
                T slope = T.Load(in Unsafe.Add(ref dY, (row + ahead) * channels + i));
                sum.Accumulate(T.Load(in Unsafe.Add(ref weights, ahead * channels + i)), slope);
            }
            sum.Store(ref at);
        }
    }

    // Each part adds all rows, in order, in its own columns.
    private readonly ref struct WeightKernel(
        int steps, int channels, ReadOnlySpan<float> past, ReadOnlySpan<float> x, ReadOnlySpan<float> dY, Span<float> dWeights) : IKernel
    {
        public const int Columns = 256;

        private readonly ReadOnlySpan<float> past = past, x = x, dY = dY;
        private readonly Span<float> dWeights = dWeights;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int column = part * Columns, length = Math.Min(Columns, channels - column), time = x.Length / channels;
            for (int row = 0; row < time; row++)
            {
                var slope = dY.Slice(row * channels + column, length);
                for (int back = 0; back < steps; back++)
                {
                    var from = row >= back
                        ? x.Slice((row - back) * channels + column, length)
                        : past.Slice((row - back + steps - 1) * channels + column, length);
                    var sum = dWeights.Slice(back * channels + column, length);
                    Map.Here<T, Functions.TimesPlus>(default, from, slope, sum, sum);
                }
            }
        }
    }
}
