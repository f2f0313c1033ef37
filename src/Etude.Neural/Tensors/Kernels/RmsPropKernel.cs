namespace Etude.Neural.Tensors.Kernels;

/// <summary>One step of RMSprop (Tieleman and Hinton 2012) as PyTorch has it, in one pass.</summary>
internal static class RmsPropKernel
{
    /// <summary>
    /// g = gradientScale * gradient + weightDecay * w; v = decay v + (1 - decay) g^2; u = momentum u + g / (sqrt(v) + epsilon); w = w - rate u.
    /// </summary>
    /// <param name="velocities">u; empty where momentum is 0.</param>
    public static void Step(
        float learningRate, float decay, float epsilon, float momentum, float weightDecay, float gradientScale,
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> velocities)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradients[i] * gradientScale + weightDecay * weights[i];
            float v = squares[i] = decay * squares[i] + (1 - decay) * g * g;
            float u = g / (MathF.Sqrt(v) + epsilon);
            if (!velocities.IsEmpty) u = velocities[i] = momentum * velocities[i] + u;
            weights[i] -= learningRate * u;
        }
    }
}
