namespace Etude.Music.Sound;

/// <summary>How a score is made to sound.</summary>
public sealed record RenderOptions
{
    /// <summary>Samples a second of the result, 8,000 to 192,000. Default 44,100.</summary>
    public int SampleRate { get; init; } = 44_100;

    /// <summary>How much of the sound goes through the room, 0 (dry) to 1. Default 0.1, a small hall.</summary>
    public double Reverb { get; init; } = 0.1;

    /// <summary>
    /// The peak that the result is brought to, in decibels below full scale (0 or less). Default -1. Null leaves
    /// the level as synthesized; it may then pass full scale.
    /// </summary>
    public double? PeakDecibels { get; init; } = -1;

    /// <summary>The most samples that sound at once, at least 1; the faintest gives way. Default 256.</summary>
    public int MaximumVoices { get; init; } = 256;

    /// <summary>
    /// The longest piece accepted, in seconds; a guard against files with absurd times, since memory grows by
    /// 8 bytes a sample. Default one hour.
    /// </summary>
    public double MaximumSeconds { get; init; } = 3600;
}
