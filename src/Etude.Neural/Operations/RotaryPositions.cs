namespace Etude.Neural.Operations;

/// <summary>
/// Rotary position embedding (Su and others 2021): the channels i and i + half of a head are turned as one point of the
/// plane by position times base^(-i / half), so that the product of a query and a key depends on how far apart they are.
/// </summary>
internal static class RotaryPositions
{
    /// <summary>The slowest channels turn once in about 2 pi times this many positions.</summary>
    internal const double Base = 10_000;

    /// <summary>The turn of each channel at a position, for <see cref="Rotate"/>.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="cosines">[half]</param>
    /// <param name="sines">[half]</param>
    internal static void Turns(long position, Span<float> cosines, Span<float> sines)
    {
        for (int i = 0; i < cosines.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(position * Math.Pow(Base, -(double)i / cosines.Length));
            (sines[i], cosines[i]) = ((float)sine, (float)cosine);
        }
    }

    /// <summary>Turns each head of a row forwards, or backwards, which is also the gradient; result may be row.</summary>
    /// <param name="row">[heads, 2 half]</param>
    /// <param name="cosines">[half]</param>
    /// <param name="sines">[half]</param>
    /// <param name="backwards">Whether to turn against the direction.</param>
    /// <param name="result">[heads, 2 half]</param>
    internal static void Rotate(
        ReadOnlySpan<float> row, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, bool backwards, Span<float> result)
    {
        int half = cosines.Length;
        float sign = backwards ? -1 : 1;
        for (int start = 0; start < row.Length; start += 2 * half)
        {
            for (int i = 0; i < half; i++)
            {
                float x = row[start + i], y = row[start + half + i], sine = sign * sines[i];
                result[start + i] = x * cosines[i] - y * sine;
                result[start + half + i] = y * cosines[i] + x * sine;
            }
        }
    }
}
