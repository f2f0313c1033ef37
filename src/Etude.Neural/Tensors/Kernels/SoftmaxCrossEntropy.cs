namespace Etude.Neural.Tensors.Kernels;

/// <summary>Softmax and cross-entropy in one pass over the logits.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>A target that is left out of the loss, the count of correct rows and the gradient.</summary>
    public const int Ignore = -1;

    /// <summary>The sum over rows of -log softmax(logits)[target], in nats.</summary>
    /// <param name="logits">[rows, columns]</param>
    /// <param name="targets">[rows], 0 to columns - 1 or <see cref="Ignore"/>.</param>
    /// <param name="gradient">
    /// [rows, columns] (probability - 1 at the target) * <paramref name="gradientScale"/>, zero in ignored rows; may be
    /// <paramref name="logits"/> itself; empty where none is wanted.
    /// </param>
    /// <param name="correct">Rows whose largest logit, the first among equals, is the target.</param>
    /// <param name="gradientScale">Such as 1 / (rows not ignored) for a mean loss.</param>
    public static double Forward(
        int rows, int columns, ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> gradient, out int correct,
        float gradientScale = 1)
    {
        double loss = 0;
        correct = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> x = logits.Slice(row * columns, columns);
            Span<float> d = gradient.IsEmpty ? default : gradient.Slice(row * columns, columns);
            int target = targets[row];
            if (target == Ignore)
            {
                d.Clear();
                continue;
            }
            int best = Reductions.IndexOfMax(x);
            if (best == target) correct++;
            float max = x[best], sum = 0;
            for (int i = 0; i < columns; i++) sum += MathF.Exp(x[i] - max);
            loss += Math.Log(sum) + max - x[target];
            if (d.IsEmpty) continue;
            for (int i = 0; i < columns; i++) d[i] = MathF.Exp(x[i] - max) / sum * gradientScale;
            d[target] -= gradientScale;
        }
        return loss;
    }
}
