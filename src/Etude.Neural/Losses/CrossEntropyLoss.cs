using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Losses;

/// <summary>Softmax and cross-entropy over the last axis, in nats.</summary>
public static class CrossEntropyLoss
{
    /// <summary>The target of a step that does not count, such as padding.</summary>
    public const int Ignore = SoftmaxCrossEntropy.Ignore;

    /// <summary>The mean over counted targets of -log softmax(logits)[target]; 0 where none is counted.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="logits">[..., classes]</param>
    /// <param name="targets">One for each row of logits: 0 to classes - 1, or <see cref="Ignore"/>.</param>
    /// <param name="labelSmoothing">
    /// From 0 (the default) to 1: this part of each target is spread evenly over all classes (Szegedy and others 2016).
    /// </param>
    /// <param name="classWeights">
    /// One weight for each class, or empty for 1 each. The mean is then the weighted sum divided by the targets' weights, as PyTorch has it.
    /// </param>
    /// <exception cref="ArgumentException">Targets or weights do not fit the logits.</exception>
    public static LossValue CrossEntropy(
        this Tape tape, Tensor logits, ReadOnlySpan<int> targets, float labelSmoothing = 0, ReadOnlySpan<float> classWeights = default)
    {
        int rows = logits.Shape.Rows, classes = logits.Shape.Channels;
        if (targets.Length != rows) throw new ArgumentException($"{targets.Length} targets came for logits {logits.Shape}.", nameof(targets));
        if (!classWeights.IsEmpty && classWeights.Length != classes)
            throw new ArgumentException($"{classWeights.Length} class weights came for {classes} classes.", nameof(classWeights));
        if (labelSmoothing is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "Label smoothing lies in [0, 1].");

        int count = 0;
        double weight = 0;
        foreach (int target in targets)
        {
            if (target == Ignore) continue;
            if ((uint)target >= (uint)classes) throw new ArgumentException($"Target {target} is outside the {classes} classes.", nameof(targets));
            count++;
            weight += classWeights.IsEmpty ? 1 : classWeights[target];
        }

        float scale = weight > 0 ? (float)(1 / weight) : 0;
        var derivative = tape.Training && logits.RequiresGradient ? tape.Allocate(logits.Shape) : null;
        var gradient = derivative is null ? default : derivative.Data;
        int correct;
        double sum = labelSmoothing == 0 && classWeights.IsEmpty
            ? SoftmaxCrossEntropy.Forward(rows, classes, logits.Data, targets, gradient, out correct, scale)
            : Smoothed(tape, logits, targets, labelSmoothing, classWeights, gradient, scale, out correct);
        return new(LossOperation.Record(tape, logits, derivative, sum * scale), correct, count);
    }

    // With q the smoothed target times the class weights: loss = -sum q log p, d loss / d logit = p sum(q) - q.
    private static double Smoothed(
        Tape tape, Tensor logits, ReadOnlySpan<int> targets, float smoothing, ReadOnlySpan<float> weights, Span<float> gradient, float scale,
        out int correct)
    {
        int rows = logits.Shape.Rows, classes = logits.Shape.Channels;
        var logSums = tape.Scratch(rows);
        Softmax.LogSumExp(rows, classes, logits.Data, logSums);
        double total = 0;
        correct = 0;
        for (int row = 0; row < rows; row++)
        {
            int target = targets[row];
            var x = logits.Data.Slice(row * classes, classes);
            var d = gradient.IsEmpty ? default : gradient.Slice(row * classes, classes);
            if (target == Ignore)
            {
                d.Clear();
                continue;
            }

            if (Reductions.IndexOfMax(x) == target) correct++;
            double sumOfQ = 0;
            for (int label = 0; label < classes; label++)
            {
                double q = Smooth(label, target, classes, smoothing, weights);
                sumOfQ += q;
                total -= q * (x[label] - logSums[row]);
            }

            for (int label = 0; label < d.Length; label++)
            {
                double q = Smooth(label, target, classes, smoothing, weights);
                d[label] = (float)((Math.Exp(x[label] - logSums[row]) * sumOfQ - q) * scale);
            }
        }

        return total;
    }

    private static double Smooth(int label, int target, int classes, float smoothing, ReadOnlySpan<float> weights)
    {
        double part = (double)smoothing / classes + (label == target ? 1 - smoothing : 0);
        return weights.IsEmpty ? part : part * weights[label];
    }
}
