namespace Etude.Neural.Tensors.Kernels;

/// <summary>The elementwise part of one GRU time step, gates in PyTorch's order: reset r, update z, candidate n.</summary>
/// <remarks>
/// r = sigmoid(x_r + h_r), z = sigmoid(x_z + h_z), n = tanh(x_n + r h_n), h' = (1 - z) n + z h, where x is the input's
/// product with its bias and h_* the hidden state's product with its own bias (n's hidden bias lies inside the reset).
/// </remarks>
internal static class GruGates
{
    /// <summary>One step forward.</summary>
    /// <param name="gates">[batch, 3 units]: the input's part x in, activations r, z, n out.</param>
    /// <param name="recurrent">[batch, 3 units]: the hidden state's part; keep it for the backward pass.</param>
    /// <param name="previousHidden">[batch, units] h.</param>
    /// <param name="hidden">[batch, units] h'; may be <paramref name="previousHidden"/>.</param>
    public static void Forward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> hidden)
    {
        for (int row = 0; row < batch; row++)
        {
            Span<float> a = gates.Slice(row * 3 * units, 3 * units);
            ReadOnlySpan<float> b = recurrent.Slice(row * 3 * units, 3 * units);
            for (int unit = 0; unit < units; unit++)
            {
                int at = row * units + unit;
                float r = Sigmoid(a[unit] + b[unit]), z = Sigmoid(a[units + unit] + b[units + unit]);
                float n = MathF.Tanh(a[2 * units + unit] + r * b[2 * units + unit]);
                (a[unit], a[units + unit], a[2 * units + unit]) = (r, z, n);
                hidden[at] = (1 - z) * n + z * previousHidden[at];
            }
        }
    }

    /// <summary>The gradient of <see cref="Forward"/>.</summary>
    /// <param name="gates">[batch, 3 units]: activations in, gradient of the input's part out.</param>
    /// <param name="recurrent">[batch, 3 units]: the hidden state's part in, its gradient out.</param>
    /// <param name="previousHidden">[batch, units] h, as given to Forward.</param>
    /// <param name="dHidden">
    /// [batch, units]: gradient of h' in, z dH' out: the part of h's gradient that does not pass through <paramref name="recurrent"/>.
    /// </param>
    public static void Backward(
        int batch, int units, Span<float> gates, Span<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> dHidden)
    {
        for (int row = 0; row < batch; row++)
        {
            Span<float> a = gates.Slice(row * 3 * units, 3 * units);
            Span<float> b = recurrent.Slice(row * 3 * units, 3 * units);
            for (int unit = 0; unit < units; unit++)
            {
                int at = row * units + unit;
                float r = a[unit], z = a[units + unit], n = a[2 * units + unit];
                float dZ = dHidden[at] * (previousHidden[at] - n) * z * (1 - z);
                float dN = dHidden[at] * (1 - z) * (1 - n * n);
                float dR = dN * b[2 * units + unit] * r * (1 - r);
                (a[unit], a[units + unit], a[2 * units + unit]) = (dR, dZ, dN);
                (b[unit], b[units + unit], b[2 * units + unit]) = (dR, dZ, dN * r);
                dHidden[at] *= z;
            }
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
