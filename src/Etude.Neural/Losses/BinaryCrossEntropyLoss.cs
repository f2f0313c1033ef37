using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Losses;

/// <summary>Cross-entropy of independent yes-or-no outputs, from logits, in nats.</summary>
public static class BinaryCrossEntropyLoss
{
    /// <summary>The mean over all outputs of -(w y log p + (1 - y) log(1 - p)) with p = sigmoid(logit).</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="logits">Any shape.</param>
    /// <param name="targets">y for each logit, from 0 to 1.</param>
    /// <param name="positiveWeight">w: how much more a yes counts than a no; 1 by default.</param>
    /// <returns>The loss; an output is correct where logit > 0 and target > 1/2 agree.</returns>
    /// <exception cref="ArgumentException">There are not as many targets as logits.</exception>
    public static LossValue BinaryCrossEntropy(this Tape tape, Tensor logits, ReadOnlySpan<float> targets, float positiveWeight = 1)
    {
        LossOperation.Check(logits.Length, targets.Length);
        var derivative = tape.Training && logits.RequiresGradient ? tape.Allocate(logits.Shape) : null;
        var gradient = derivative is null ? default : derivative.Data;
        var x = logits.Data;
        float scale = 1f / x.Length;
        double sum = 0;
        int correct = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float positive = positiveWeight * targets[i], negative = 1 - targets[i];
            sum += positive * Logistic.NegativeLogSigmoid(x[i]) + negative * Logistic.NegativeLogSigmoid(-x[i]);
            if (x[i] > 0 == targets[i] > 0.5f) correct++;
            if (!gradient.IsEmpty) gradient[i] = ((positive + negative) * Logistic.Sigmoid(x[i]) - positive) * scale;
        }

        return new(LossOperation.Record(tape, logits, derivative, sum * scale), correct, x.Length);
    }
}
