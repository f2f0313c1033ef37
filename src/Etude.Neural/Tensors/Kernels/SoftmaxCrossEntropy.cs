namespace Etude.Neural.Tensors.Kernels;

/// <summary>Softmax and cross-entropy in one pass over the logits.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>A target that is left out of the loss, the count of correct rows and the gradient.</summary>
    public const int Ignore = -1;

    private const int MostParts = 256;

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
        // The parts depend on the shape alone, so the order in which their losses are added does too.
        int rowsPerPart = Math.Max(Kernel.Cut(rows, columns).RowsPerPart, (rows + MostParts - 1) / MostParts);
        int parts = (rows + rowsPerPart - 1) / rowsPerPart;
        Span<double> losses = stackalloc double[MostParts];
        Span<int> hits = stackalloc int[MostParts];
        if (!gradient.IsEmpty) gradient = gradient[..(rows * columns)];
        Kernel.Run(
            parts,
            new Rows(columns, rowsPerPart, logits[..(rows * columns)], targets[..rows], gradient, gradientScale, losses, hits));
        double loss = 0;
        correct = 0;
        for (int part = 0; part < parts; part++)
        {
            loss += losses[part];
            correct += hits[part];
        }
        return loss;
    }

    private readonly ref struct Rows(
        int columns, int rowsPerPart, ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, Span<float> gradient, float gradientScale,
        Span<double> losses, Span<int> hits) : IKernel
    {
        private readonly ReadOnlySpan<float> logits = logits;
        private readonly ReadOnlySpan<int> targets = targets;
        private readonly Span<float> gradient = gradient;
        private readonly Span<double> losses = losses;
        private readonly Span<int> hits = hits;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            double loss = 0;
            int correct = 0, end = Math.Min(targets.Length, (part + 1) * rowsPerPart);
            for (int row = part * rowsPerPart; row < end; row++)
            {
                ReadOnlySpan<float> x = logits.Slice(row * columns, columns);
                Span<float> d = gradient.IsEmpty ? default : gradient.Slice(row * columns, columns);
                int target = targets[row];
                if (target == Ignore)
                {
                    d.Clear();
                    continue;
                }
                float max = Fold.Max<T>(x), sum, own = x[target];
                if (own == max && x[..target].IndexOf(max) < 0) correct++;
                if (d.IsEmpty)
                {
                    sum = Fold.Sum<T, Functions.ShiftedExp>(new(max), x);
                }
                else
                {
                    Map.Here<T, Functions.ShiftedExp>(new(max), x, d);
                    sum = Fold.Sum<T, Functions.Identity>(default, d);
                    Map.Here<T, Functions.TimesScalar>(new(gradientScale / sum), d, d);
                    d[target] -= gradientScale;
                }
                loss += Math.Log(sum) + max - own;
            }
            losses[part] = loss;
            hits[part] = correct;
        }
    }
}
