using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Softmax over each row of a matrix, with the row's maximum taken off first so that no exponential overflows.</summary>
internal static class Softmax
{
    /// <summary>probabilities = e^logit / sum of its row; may be done in place.</summary>
    /// <param name="logits">[rows, columns]; negative infinity gives probability 0 (not all of a row).</param>
    public static void Forward(int rows, int columns, ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        (int rowsPerPart, int parts) = Kernel.Cut(rows, columns);
        int length = rows * columns;
        Kernel.Run(parts, new ForwardKernel(columns, rowsPerPart * columns, logits[..length], probabilities[..length]));
    }

    /// <summary>dLogits += p (dP - sum of p dP over the row)</summary>
    public static void Backward(int rows, int columns, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> dProbabilities, Span<float> dLogits)
    {
        (int rowsPerPart, int parts) = Kernel.Cut(rows, columns);
        int length = rows * columns;
        Kernel.Run(parts, new BackwardKernel(columns, rowsPerPart * columns, probabilities[..length], dProbabilities[..length], dLogits[..length]));
    }

    /// <summary>result[row] = log of the sum of e^logit over the row.</summary>
    public static void LogSumExp(int rows, int columns, ReadOnlySpan<float> logits, Span<float> result)
    {
        (int rowsPerPart, int parts) = Kernel.Cut(rows, columns);
        Kernel.Run(parts, new LogSumExpKernel(columns, rowsPerPart, logits[..(rows * columns)], result[..rows]));
    }

    private readonly ref struct ForwardKernel(int columns, int partLength, ReadOnlySpan<float> logits, Span<float> probabilities) : IKernel
    {
        private readonly ReadOnlySpan<float> logits = logits;
        private readonly Span<float> probabilities = probabilities;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(logits.Length, (part + 1) * partLength);
            for (int start = part * partLength; start < end; start += columns)
            {
                ReadOnlySpan<float> x = logits.Slice(start, columns);
                Span<float> y = probabilities.Slice(start, columns);
                Map.Here<T, Functions.ShiftedExp>(new(Fold.Max<T>(x)), x, y);
                Map.Here<T, Functions.TimesScalar>(new(1 / Fold.Sum<T, Functions.Identity>(default, y)), y, y);
            }
        }
    }

    private readonly ref struct BackwardKernel(
        int columns, int partLength, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> dProbabilities, Span<float> dLogits) : IKernel
    {
        private readonly ReadOnlySpan<float> probabilities = probabilities, dProbabilities = dProbabilities;
        private readonly Span<float> dLogits = dLogits;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(dLogits.Length, (part + 1) * partLength);
            for (int start = part * partLength; start < end; start += columns)
            {
                ReadOnlySpan<float> p = probabilities.Slice(start, columns), dP = dProbabilities.Slice(start, columns);
                Span<float> dX = dLogits.Slice(start, columns);
                Map.Here<T, Slope>(new(Fold.Sum<T, Functions.Times>(default, p, dP)), p, dP, dX, dX);
            }
        }
    }

    private readonly ref struct LogSumExpKernel(int columns, int rowsPerPart, ReadOnlySpan<float> logits, Span<float> result) : IKernel
    {
        private readonly ReadOnlySpan<float> logits = logits;
        private readonly Span<float> result = result;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(result.Length, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++)
            {
                ReadOnlySpan<float> x = logits.Slice(row * columns, columns);
                float max = Fold.Max<T>(x);
                result[row] = max + MathF.Log(Fold.Sum<T, Functions.ShiftedExp>(new(max), x));
            }
        }
    }

    private readonly struct Slope(float dot) : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T p, T dP, T dX) where T : struct, ILanes<T> => T.MultiplyAdd(p, dP - T.Broadcast(dot), dX);
    }
}
