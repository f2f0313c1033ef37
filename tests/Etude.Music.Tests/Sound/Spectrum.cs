using System.Numerics;

namespace Etude.Music.Tests.Sound;

/// <summary>What the tests ask of a sound: a plain Fourier transform and what is read from it.</summary>
internal static class Spectrum
{
    /// <summary>The power spectrum of a Hann-windowed stretch; the length must be a power of two.</summary>
    public static double[] Power(ReadOnlySpan<float> samples)
    {
        var values = new Complex[samples.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = samples[i] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / values.Length));
        Transform(values);
        return [.. values.Take(values.Length / 2).Select(value => value.Real * value.Real + value.Imaginary * value.Imaginary)];
    }

    /// <summary>The frequency of the strongest partial within half a semitone of a guess, by a parabola through its logarithm.</summary>
    public static double Peak(ReadOnlySpan<float> samples, int sampleRate, double near)
    {
        double[] power = Power(samples);
        double width = (double)sampleRate / samples.Length;
        int low = (int)(near * 0.97 / width), high = (int)Math.Ceiling(near * 1.03 / width);
        int peak = Enumerable.Range(low, high - low + 1).MaxBy(bin => power[bin]);
        double a = Math.Log(power[peak - 1]), b = Math.Log(power[peak]), c = Math.Log(power[peak + 1]);
        return (peak + 0.5 * (a - c) / (a - 2 * b + c)) * width;
    }

    /// <summary>The mean frequency, weighted by amplitude: brightness.</summary>
    public static double Centroid(ReadOnlySpan<float> samples, int sampleRate)
    {
        double[] power = Power(samples);
        double sum = 0, weighted = 0;
        for (int i = 1; i < power.Length; i++)
        {
            sum += Math.Sqrt(power[i]);
            weighted += Math.Sqrt(power[i]) * i * sampleRate / samples.Length;
        }
        return weighted / sum;
    }

    /// <summary>The root mean square between two times, in decibels below full scale.</summary>
    public static double Level(Etude.Music.Sound.StereoAudio audio, double from, double to)
    {
        int start = (int)(from * audio.SampleRate), end = Math.Min(audio.Length, (int)(to * audio.SampleRate));
        double sum = 1e-20;
        for (int i = start; i < end; i++) sum += audio.Left[i] * audio.Left[i] + audio.Right[i] * audio.Right[i];
        return 10 * Math.Log10(sum / (2 * Math.Max(1, end - start)));
    }

    private static void Transform(Span<Complex> values)
    {
        if (values.Length == 1) return;
        int half = values.Length / 2;
        var even = new Complex[half];
        var odd = new Complex[half];
        for (int i = 0; i < half; i++) (even[i], odd[i]) = (values[2 * i], values[2 * i + 1]);
        Transform(even);
        Transform(odd);
        for (int i = 0; i < half; i++)
        {
            var turned = Complex.FromPolarCoordinates(1, -2 * Math.PI * i / values.Length) * odd[i];
            (values[i], values[i + half]) = (even[i] + turned, even[i] - turned);
        }
    }
}
