using System.Runtime.Intrinsics;

namespace Etude.Music.Sound;

/// <summary>Reads a sample between its points with eight neighbours weighted by a windowed sinc.</summary>
internal static class Interpolation
{
    /// <summary>Points that must exist before and after the place that is read.</summary>
    public const int Margin = 4;

    private const int Taps = 8, Phases = 512;
    private static readonly float[] Weights = MakeWeights();

    /// <summary>
    /// Fills <paramref name="output"/> from <paramref name="position"/> on in steps of <paramref name="step"/>, and
    /// returns the position after the last. <see cref="Margin"/> points around every place must be there.
    /// </summary>
    public static double Read(ReadOnlySpan<short> pool, double position, double step, Span<float> output)
    {
        ref short first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(pool);
        for (int i = 0; i < output.Length; i++)
        {
            int index = (int)position;
            int phase = (int)((position - index) * Phases);
            // lanes: points index-3 .. index+4 as floats, times the weights of the phase
            var points = Vector128.LoadUnsafe(ref first, (nuint)(index - 3));
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(points);
            var weights = Weights.AsSpan(phase * Taps, Taps);
            var sum = Vector128.ConvertToSingle(low) * Vector128.Create<float>(weights)
                + Vector128.ConvertToSingle(high) * Vector128.Create<float>(weights[4..]);
            output[i] = Vector128.Sum(sum);
            position += step;
        }
        return position;
    }

    private static float[] MakeWeights()
    {
        float[] weights = new float[Phases * Taps];
        Span<double> taps = stackalloc double[Taps];
        for (int phase = 0; phase < Phases; phase++)
        {
            // The middle of the phase's interval halves the error of taking the nearest one.
            double fraction = (phase + 0.5) / Phases, total = 0;
            for (int tap = 0; tap < Taps; tap++)
            {
                double x = tap - 3 - fraction;
                double sinc = Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
                double window = Math.Pow(Math.Cos(Math.PI * x / (Taps + 1)), 2);
                total += taps[tap] = sinc * window;
            }
            // Weights that add up to one keep a constant constant; 1/32768 brings 16 bits to full scale one.
            for (int tap = 0; tap < Taps; tap++) weights[phase * Taps + tap] = (float)(taps[tap] / total / 32768);
        }
        return weights;
    }
}
