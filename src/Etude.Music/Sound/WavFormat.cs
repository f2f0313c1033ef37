namespace Etude.Music.Sound;

/// <summary>How <see cref="Wav"/> stores a sample.</summary>
public enum WavFormat
{
    /// <summary>16-bit integers with triangular dither: what every player reads. The default.</summary>
    Pcm16,

    /// <summary>24-bit integers, rounded.</summary>
    Pcm24,

    /// <summary>32-bit floats, exactly as given; nothing is clipped.</summary>
    Float32,
}
