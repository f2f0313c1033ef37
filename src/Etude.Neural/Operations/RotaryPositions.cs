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

    /// <summary>The turn of the sum of two positions from the turns of both.</summary>
    internal static void Add(
        ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, ReadOnlySpan<float> moreCosines, ReadOnlySpan<float> moreSines,
        Span<float> sumCosines, Span<float> sumSines)
    {
        for (int i = 0; i < cosines.Length; i++)
        {
            sumCosines[i] = cosines[i] * moreCosines[i] - sines[i] * moreSines[i];
            sumSines[i] = sines[i] * moreCosines[i] + cosines[i] * moreSines[i];
        }
    }

    /// <summary>Turns each head of a row; result may be row.</summary>
    /// <param name="row">[heads, 2 half]</param>
    /// <param name="cosines">[half]</param>
    /// <param name="sines">[half]</param>
    /// <param name="result">[heads, 2 half]</param>
    internal static void Rotate(ReadOnlySpan<float> row, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, Span<float> result)
    {
        int half = cosines.Length;
        for (int start = 0; start < row.Length; start += 2 * half)
        {
            for (int i = start; i < start + half; i++)
            {
                float x = row[i], y = row[i + half], cosine = cosines[i - start], sine = sines[i - start];
                (result[i], result[i + half]) = (x * cosine - y * sine, y * cosine + x * sine);
            }
        }
    }

    /// <summary>The gradient of <see cref="Rotate"/>: turns back and adds to the gradient of the row.</summary>
    internal static void RotateBack(ReadOnlySpan<float> dResult, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines, Span<float> dRow)
    {
        int half = cosines.Length;
        for (int start = 0; start < dRow.Length; start += 2 * half)
        {
            for (int i = start; i < start + half; i++)
            {
                float x = dResult[i], y = dResult[i + half], cosine = cosines[i - start], sine = sines[i - start];
                dRow[i] += x * cosine + y * sine;
                dRow[i + half] += y * cosine - x * sine;
            }
        }
    }
}
