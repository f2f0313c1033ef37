namespace Etude.Neural.Tensors.Kernels;

/// <summary>Softmax over each row of a matrix, with the row's maximum taken off first so that no exponential overflows.</summary>
internal static class Softmax
{
    /// <summary>probabilities = e^logit / sum of its row; may be done in place.</summary>
    /// <param name="logits">[rows, columns]; negative infinity gives probability 0 (not all of a row).</param>
    public static void Forward(int rows, int columns, ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> x = logits.Slice(row * columns, columns);
            Span<float> y = probabilities.Slice(row * columns, columns);
            float max = Reductions.Max(x), sum = 0;
            for (int i = 0; i < columns; i++) sum += y[i] = MathF.Exp(x[i] - max);
            for (int i = 0; i < columns; i++) y[i] /= sum;
        }
    }

    /// <summary>dLogits += p (dP - sum of p dP over the row)</summary>
    public static void Backward(int rows, int columns, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> dProbabilities, Span<float> dLogits)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> p = probabilities.Slice(row * columns, columns), dP = dProbabilities.Slice(row * columns, columns);
            Span<float> dX = dLogits.Slice(row * columns, columns);
            float dot = 0;
            for (int i = 0; i < columns; i++) dot += p[i] * dP[i];
            for (int i = 0; i < columns; i++) dX[i] += p[i] * (dP[i] - dot);
        }
    }

    /// <summary>result[row] = log of the sum of e^logit over the row.</summary>
    public static void LogSumExp(int rows, int columns, ReadOnlySpan<float> logits, Span<float> result)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> x = logits.Slice(row * columns, columns);
            float max = Reductions.Max(x), sum = 0;
            for (int i = 0; i < columns; i++) sum += MathF.Exp(x[i] - max);
            result[row] = max + MathF.Log(sum);
        }
    }
}
