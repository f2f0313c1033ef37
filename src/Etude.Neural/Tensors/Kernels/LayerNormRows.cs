namespace Etude.Neural.Tensors.Kernels;

/// <summary>Layer normalization (Ba, Kiros and Hinton 2016) of each row of a matrix.</summary>
internal static class LayerNormRows
{
    /// <summary>y = (x - mean) / sqrt(variance + epsilon) * gain + bias, mean and (biased) variance of the row.</summary>
    /// <param name="x">[rows, width]</param>
    /// <param name="gain">[width], or empty for 1.</param>
    /// <param name="bias">[width], or empty for 0.</param>
    /// <param name="y">[rows, width]; may be x only where no backward pass follows.</param>
    /// <param name="means">[rows], kept for the backward pass.</param>
    /// <param name="inverseDeviations">[rows] 1 / sqrt(variance + epsilon), kept for the backward pass.</param>
    public static void Forward(
        int rows, int width, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> bias, float epsilon,
        Span<float> y, Span<float> means, Span<float> inverseDeviations)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> source = x.Slice(row * width, width);
            Span<float> destination = y.Slice(row * width, width);
            float mean = 0, variance = 0;
            foreach (float value in source) mean += value;
            mean /= width;
            foreach (float value in source) variance += (value - mean) * (value - mean);
            float inverse = 1 / MathF.Sqrt(variance / width + epsilon);
            (means[row], inverseDeviations[row]) = (mean, inverse);
            for (int i = 0; i < width; i++)
            {
                float normal = (source[i] - mean) * inverse;
                destination[i] = normal * (gain.IsEmpty ? 1 : gain[i]) + (bias.IsEmpty ? 0 : bias[i]);
            }
        }
    }

    /// <summary>Adds to the gradients of x, gain and bias.</summary>
    /// <param name="dGain">[width], or empty where there is no gain.</param>
    /// <param name="dBias">[width], or empty where there is no bias.</param>
    public static void Backward(
        int rows, int width, ReadOnlySpan<float> x, ReadOnlySpan<float> gain, ReadOnlySpan<float> means, ReadOnlySpan<float> inverseDeviations,
        ReadOnlySpan<float> dY, Span<float> dX, Span<float> dGain, Span<float> dBias)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> source = x.Slice(row * width, width), upstream = dY.Slice(row * width, width);
            Span<float> destination = dX.Slice(row * width, width);
            float mean = means[row], inverse = inverseDeviations[row], sum = 0, dot = 0;
            for (int i = 0; i < width; i++)
            {
                float normal = (source[i] - mean) * inverse, d = upstream[i] * (gain.IsEmpty ? 1 : gain[i]);
                sum += d;
                dot += d * normal;
                if (!dGain.IsEmpty) dGain[i] += upstream[i] * normal;
                if (!dBias.IsEmpty) dBias[i] += upstream[i];
            }
            for (int i = 0; i < width; i++)
            {
                float normal = (source[i] - mean) * inverse, d = upstream[i] * (gain.IsEmpty ? 1 : gain[i]);
                destination[i] += inverse * (d - (sum + normal * dot) / width);
            }
        }
    }
}
