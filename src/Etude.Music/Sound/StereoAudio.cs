namespace Etude.Music.Sound;

/// <summary>Two channels of samples; full scale is -1 to 1. The arrays are owned by the instance and not copied.</summary>
public sealed class StereoAudio
{
    /// <summary>Wraps two channels of equal length.</summary>
    /// <param name="left">The left channel.</param>
    /// <param name="right">The right channel; the same array as <paramref name="left"/> where the sound is mono.</param>
    /// <param name="sampleRate">Samples a second, at least 1.</param>
    /// <exception cref="ArgumentException">The channels differ in length.</exception>
    public StereoAudio(float[] left, float[] right, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        if (left.Length != right.Length)
            throw new ArgumentException($"The left channel has {left.Length} samples and the right {right.Length}.", nameof(right));
        (Left, Right, SampleRate) = (left, right, sampleRate);
    }

    /// <summary>The left channel.</summary>
    public float[] Left { get; }

    /// <summary>The right channel.</summary>
    public float[] Right { get; }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>The number of samples in each channel.</summary>
    public int Length => Left.Length;

    /// <summary>How long it sounds, in seconds.</summary>
    public double Seconds => (double)Length / SampleRate;

    /// <summary>The greatest absolute sample of both channels; 0 where there is none. Linear in the length.</summary>
    public float Peak()
    {
        float peak = 0;
        foreach (float sample in Left) peak = MathF.Max(peak, MathF.Abs(sample));
        foreach (float sample in Right) peak = MathF.Max(peak, MathF.Abs(sample));
        return peak;
    }
}
