namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019), in one pass.</summary>
internal static class AdamKernel
{
    /// <summary>
    /// g = gradientScale * gradient (+ weightDecay * w unless decoupled); m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
    /// w = w (1 - rate * weightDecay if decoupled) - rate * m^ / (sqrt(v^) + epsilon), with m^ = m / (1 - b1^step), v^ = v / (1 - b2^step).
    /// </summary>
    /// <param name="step">1 at the first step.</param>
    public static void Step(
        int step, float learningRate, float beta1, float beta2, float epsilon, float weightDecay, bool decoupled, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firstMoments, Span<float> secondMoments)
    {
        float rate = (float)(learningRate / (1 - Math.Pow(beta1, step)));
        float inverseRoot = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
        for (int i = 0; i < weights.Length; i++)
        {
            float w = weights[i], g = gradients[i] * gradientScale;
            if (decoupled) w -= learningRate * weightDecay * w;
            else g += weightDecay * w;
            float m = firstMoments[i] = beta1 * firstMoments[i] + (1 - beta1) * g;
            float v = secondMoments[i] = beta2 * secondMoments[i] + (1 - beta2) * g * g;
            weights[i] = w - rate * m / (MathF.Sqrt(v) * inverseRoot + epsilon);
        }
    }
}
