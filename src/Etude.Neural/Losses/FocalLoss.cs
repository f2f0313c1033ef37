using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Losses;

/// <summary>Binary cross-entropy in which outputs that are right already count little (Lin and others 2017): for rare events such as onsets.</summary>
public static class FocalLoss
{
    /// <summary>
    /// The mean (or sum) of -a (1 - q)^gamma log q, where q is the probability given to the target and a is alpha for a
    /// yes, 1 - alpha for a no.
    /// </summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="logits">Any shape.</param>
    /// <param name="targets">0 or 1 for each logit; above 1/2 counts as 1.</param>
    /// <param name="options">Alpha, gamma and how to reduce.</param>
    /// <returns>The loss; an output is correct where logit > 0 and target agree.</returns>
    /// <exception cref="ArgumentException">There are not as many targets as logits.</exception>
    public static LossValue Focal(this Tape tape, Tensor logits, ReadOnlySpan<float> targets, FocalOptions options)
    {
        LossOperation.Check(logits.Length, targets.Length);
        var derivative = tape.Training && logits.RequiresGradient ? tape.Allocate(logits.Shape) : null;
        var gradient = derivative is null ? default : derivative.Data;
        var x = logits.Data;
        float scale = options.Mean ? 1f / x.Length : 1;
        double sum = 0;
        int correct = 0;
        for (int i = 0; i < x.Length; i++)
        {
            bool yes = targets[i] > 0.5f;
            // Seen from the target: s is the logit for it, q its probability.
            float s = yes ? x[i] : -x[i], weight = yes ? options.Alpha : 1 - options.Alpha;
            float q = Logistic.Sigmoid(s), miss = Logistic.Sigmoid(-s), loss = Logistic.NegativeLogSigmoid(s);
            float discount = weight * MathF.Pow(miss, options.Gamma);
            sum += discount * loss;
            if (s > 0) correct++;
            if (gradient.IsEmpty) continue;
            float slope = -miss - (options.DetachDiscount ? 0 : options.Gamma * q * loss);
            gradient[i] = discount * slope * scale * (yes ? 1 : -1);
        }

        return new(LossOperation.Record(tape, logits, derivative, sum * scale), correct, x.Length);
    }
}
