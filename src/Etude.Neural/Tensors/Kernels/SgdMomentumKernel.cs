namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of stochastic gradient descent with momentum as PyTorch has it, in one pass.</summary>
internal static class SgdMomentumKernel
{
    /// <summary>g = gradientScale * gradient + weightDecay * w; u = momentum u + g; w = w - rate * (nesterov ? g + momentum u : u)</summary>
    /// <param name="velocities">u; empty where momentum is 0.</param>
    public static void Step(
        float learningRate, float momentum, bool nesterov, float weightDecay, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradients[i] * gradientScale + weightDecay * weights[i];
            if (!velocities.IsEmpty)
            {
                float u = velocities[i] = momentum * velocities[i] + g;
                g = nesterov ? g + momentum * u : u;
            }
            weights[i] -= learningRate * g;
        }
    }
}
