using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Layer normalization (Ba, Kiros and Hinton 2016) of each row of a matrix.</summary>
internal static class LayerNormRows
{
    /// <summary>y = (x - mean) / sqrt(variance + epsilon) * gain + bias, mean and (biased) variance of the row.</summary>
    /// <param name="x">[rows, width]</param>
    /// <param name="gain">[width], or empty for 1.</param>
    /// <param name="bias">[width], or empty for 0.</param>
    /// <param name="y">[rows, width]; may be x only where no backward pass follows.</param>
    /// <param name="means">[rows], kept for the backward pass.</param>
    /// <param name="inverseDeviations">[rows] 1 / sqrt(variance + epsilon), kept for the backward pass.</param>
    public static void Forward(
        int rows, int width, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon,
        Span<float> y, Span<float> means, Span<float> inverseDeviations)
    {
        int size = rows * width;
        (int rowsPerPart, int parts) = Kernel.Cut(rows, width);
        Kernel.Run(
            parts, new ForwardKernel(width, rowsPerPart, x[..size], gain, bias, epsilon, y[..size], means[..rows], inverseDeviations[..rows]));
    }

    /// <summary>Adds to the gradients of x, gain and bias.</summary>
    /// <param name="dGain">[width], or empty where there is no gain.</param>
    /// <param name="dBias">[width], or empty where there is no bias.</param>
    public static void Backward(
        int rows, int width, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> means, ReadOnlySpan<float> inverseDeviations,
        ReadOnlySpan<float> dY, Span<float> dX, Span<float> dGain, Span<float> dBias)
    {
        int size = rows * width;
        (int rowsPerPart, int parts) = Kernel.Cut(rows, width);
        Kernel.Run(
            parts, new InputKernel(width, rowsPerPart, x[..size], gain, means[..rows], inverseDeviations[..rows], dY[..size], dX[..size]));
        if (!dGain.IsEmpty)
        {
            int columnParts = (width + GainKernel.Columns - 1) / GainKernel.Columns;
            Kernel.Run(columnParts, new GainKernel(width, x[..size], means[..rows], inverseDeviations[..rows], dY[..size], dGain[..width]));
        }
        if (!dBias.IsEmpty) Reductions.ColumnSums(rows, width, dY, dBias, accumulate: true);
    }

    private readonly ref struct ForwardKernel(
        int width, int rowsPerPart, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon,
        Span<float> y, Span<float> means, Span<float> inverseDeviations) : IKernel
    {
        private readonly ReadOnlySpan<float> x = x, gain = gain, bias = bias;
        private readonly Span<float> y = y, means = means, inverseDeviations = inverseDeviations;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(means.Length, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++)
            {
                ReadOnlySpan<float> source = x.Slice(row * width, width);
                Span<float> destination = y.Slice(row * width, width);
                float mean = Fold.Sum<T, Functions.Identity>(default, source) / width;
                float variance = Fold.Sum<T, SquaredDistance>(new(mean), source) / width;
                float inverse = 1 / MathF.Sqrt(variance + epsilon);
                (means[row], inverseDeviations[row]) = (mean, inverse);
                Map.Here<T, Normal>(new(mean, inverse), source, destination);
                if (!gain.IsEmpty) Map.Here<T, Functions.Times>(default, destination, gain, destination);
                if (!bias.IsEmpty) Map.Here<T, Functions.Plus>(default, destination, bias, destination);
            }
        }
    }

    private readonly ref struct InputKernel(
        int width, int rowsPerPart, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverseDeviations, ReadOnlySpan<float> dY, Span<float> dX) : IKernel
    {
        private readonly ReadOnlySpan<float> x = x, gain = gain, means = means, inverseDeviations = inverseDeviations, dY = dY;
        private readonly Span<float> dX = dX;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            // d = dY gain, of this row, unless there is no gain.
            float[]? rented = gain.IsEmpty ? null : System.Buffers.ArrayPool<float>.Shared.Rent(width);
            int end = Math.Min(means.Length, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++)
            {
                ReadOnlySpan<float> source = x.Slice(row * width, width), d = dY.Slice(row * width, width);
                if (rented is not null)
                {
                    Span<float> scaled = rented.AsSpan(0, width);
                    Map.Here<T, Functions.Times>(default, d, gain, scaled);
                    d = scaled;
                }
                float mean = means[row], inverse = inverseDeviations[row];
                float sum = Fold.Sum<T, Functions.Identity>(default, d), dot = Fold.Sum<T, NormalTimes>(new(mean, inverse), source, d);
                Span<float> destination = dX.Slice(row * width, width);
                Map.Here<T, InputSlope>(new(mean, inverse, sum / width, dot / width), source, d, destination, destination);
            }
            if (rented is not null) System.Buffers.ArrayPool<float>.Shared.Return(rented);
        }
    }

    // Each part adds all rows, in order, in its own columns.
    private readonly ref struct GainKernel(
        int width, ReadOnlySpan<float> x, ReadOnlySpan<float> means, ReadOnlySpan<float> inverseDeviations, ReadOnlySpan<float> dY,
        Span<float> dGain) : IKernel
    {
        public const int Columns = 64;

        private readonly ReadOnlySpan<float> x = x, means = means, inverseDeviations = inverseDeviations, dY = dY;
        private readonly Span<float> dGain = dGain;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int column = part * Columns, length = Math.Min(Columns, width - column);
            Span<float> destination = dGain.Slice(column, length);
            for (int row = 0; row < means.Length; row++)
            {
                Map.Here<T, NormalTimesPlus>(
                    new(means[row], inverseDeviations[row]), x.Slice(row * width + column, length), dY.Slice(row * width + column, length),
                    destination, destination);
            }
        }
    }

    private readonly struct SquaredDistance(float mean) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => (x - T.Broadcast(mean)) * (x - T.Broadcast(mean));
    }

    private readonly struct Normal(float mean, float inverse) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => (x - T.Broadcast(mean)) * T.Broadcast(inverse);
    }

    private readonly struct NormalTimes(float mean, float inverse) : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T d) where T : struct, ILanes<T> => new Normal(mean, inverse).Invoke(x) * d;
    }

    private readonly struct NormalTimesPlus(float mean, float inverse) : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T d, T sum) where T : struct, ILanes<T> => T.MultiplyAdd(new Normal(mean, inverse).Invoke(x), d, sum);
    }

    // dX += (d - mean(d) - n mean(d n)) / deviation, n the normalized x.
    private readonly struct InputSlope(float mean, float inverse, float meanD, float meanDot) : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T d, T dX) where T : struct, ILanes<T>
        {
            T normal = new Normal(mean, inverse).Invoke(x);
            return T.MultiplyAdd(T.Broadcast(inverse), d - T.Broadcast(meanD) - normal * T.Broadcast(meanDot), dX);
        }
    }
}
