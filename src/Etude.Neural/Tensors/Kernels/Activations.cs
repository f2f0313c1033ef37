namespace Etude.Neural.Tensors.Kernels;

/// <summary>Activation functions and their derivatives.</summary>
/// <remarks>
/// Forward: <c>y = f(x)</c>; y may be x. Backward: <c>dX += dY * f'</c>, where f' is taken from the saved output y or the
/// saved input x, as the parameter says. All spans of a call have one length.
/// </remarks>
internal static class Activations
{
    private const float SqrtTwoOverPi = 0.7978845608f;
    private const float GeluCubic = 0.044715f;

    /// <summary>y = 1 / (1 + e^-x)</summary>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = 1 / (1 + MathF.Exp(-x[i]));
    }

    /// <summary>dX += dY * y (1 - y)</summary>
    public static void SigmoidBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX)
    {
        for (int i = 0; i < dX.Length; i++) dX[i] += dY[i] * y[i] * (1 - y[i]);
    }

    /// <summary>y = tanh x</summary>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = MathF.Tanh(x[i]);
    }

    /// <summary>dX += dY * (1 - y^2)</summary>
    public static void TanhBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX)
    {
        for (int i = 0; i < dX.Length; i++) dX[i] += dY[i] * (1 - y[i] * y[i]);
    }

    /// <summary>y = max(x, 0)</summary>
    public static void Relu(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = MathF.Max(x[i], 0);
    }

    /// <summary>dX += dY where y > 0</summary>
    public static void ReluBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX)
    {
        for (int i = 0; i < dX.Length; i++) dX[i] += y[i] > 0 ? dY[i] : 0;
    }

    /// <summary>y = x where x > 0, else alpha (e^x - 1)</summary>
    public static void Elu(ReadOnlySpan<float> x, float alpha, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = x[i] > 0 ? x[i] : alpha * (MathF.Exp(x[i]) - 1);
    }

    /// <summary>dX += dY * (1 where y > 0, else y + alpha)</summary>
    public static void EluBackward(ReadOnlySpan<float> y, float alpha, ReadOnlySpan<float> dY, Span<float> dX)
    {
        for (int i = 0; i < dX.Length; i++) dX[i] += dY[i] * (y[i] > 0 ? 1 : y[i] + alpha);
    }

    /// <summary>y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), Hendrycks and Gimpel 2016.</summary>
    public static void Gelu(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            float v = x[i];
            y[i] = 0.5f * v * (1 + MathF.Tanh(SqrtTwoOverPi * (v + GeluCubic * v * v * v)));
        }
    }

    /// <summary>dX += dY * gelu'(x), from the saved input x.</summary>
    public static void GeluBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dY, Span<float> dX)
    {
        for (int i = 0; i < dX.Length; i++)
        {
            float v = x[i];
            float t = MathF.Tanh(SqrtTwoOverPi * (v + GeluCubic * v * v * v));
            float slope = SqrtTwoOverPi * (1 + 3 * GeluCubic * v * v);
            dX[i] += dY[i] * (0.5f * (1 + t) + 0.5f * v * (1 - t * t) * slope);
        }
    }
}
