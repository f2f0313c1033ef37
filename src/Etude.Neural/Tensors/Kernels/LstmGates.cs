namespace Etude.Neural.Tensors.Kernels;

/// <summary>The elementwise part of one LSTM time step, gates in PyTorch's order: input i, forget f, candidate g, output o.</summary>
internal static class LstmGates
{
    /// <summary>c' = f c + i g and h = o tanh(c'), where i, f, o are sigmoids and g is a tanh of the given pre-activations.</summary>
    /// <param name="gates">[batch, 4 units]: pre-activations in, activations out.</param>
    /// <param name="previousCell">[batch, units] c; may be <paramref name="cell"/>.</param>
    /// <param name="cell">[batch, units] c'.</param>
    /// <param name="tanhCell">[batch, units] tanh(c'), kept for the backward pass.</param>
    /// <param name="hidden">[batch, units] h.</param>
    public static void Forward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> previousCell, Span<float> cell, Span<float> tanhCell, Span<float> hidden)
    {
        for (int row = 0; row < batch; row++)
        {
            Span<float> a = gates.Slice(row * 4 * units, 4 * units);
            for (int unit = 0; unit < units; unit++)
            {
                float i = Sigmoid(a[unit]), f = Sigmoid(a[units + unit]), g = MathF.Tanh(a[2 * units + unit]), o = Sigmoid(a[3 * units + unit]);
                (a[unit], a[units + unit], a[2 * units + unit], a[3 * units + unit]) = (i, f, g, o);
                int at = row * units + unit;
                cell[at] = f * previousCell[at] + i * g;
                tanhCell[at] = MathF.Tanh(cell[at]);
                hidden[at] = o * tanhCell[at];
            }
        }
    }

    /// <summary>The gradient of <see cref="Forward"/>.</summary>
    /// <param name="gates">[batch, 4 units]: activations in, gradients of the pre-activations out.</param>
    /// <param name="previousCell">[batch, units] c, as given to Forward.</param>
    /// <param name="tanhCell">[batch, units] tanh(c').</param>
    /// <param name="dHidden">[batch, units] the whole gradient of h.</param>
    /// <param name="dCell">[batch, units]: gradient of c' from the later step in, gradient of c out.</param>
    public static void Backward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> previousCell, ReadOnlySpan<float> tanhCell, ReadOnlySpan<float> dHidden,
        Span<float> dCell)
    {
        for (int row = 0; row < batch; row++)
        {
            Span<float> a = gates.Slice(row * 4 * units, 4 * units);
            for (int unit = 0; unit < units; unit++)
            {
                int at = row * units + unit;
                float i = a[unit], f = a[units + unit], g = a[2 * units + unit], o = a[3 * units + unit];
                float t = tanhCell[at];
                float dC = dCell[at] + dHidden[at] * o * (1 - t * t);
                a[unit] = dC * g * i * (1 - i);
                a[units + unit] = dC * previousCell[at] * f * (1 - f);
                a[2 * units + unit] = dC * i * (1 - g * g);
                a[3 * units + unit] = dHidden[at] * t * o * (1 - o);
                dCell[at] = dC * f;
            }
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
