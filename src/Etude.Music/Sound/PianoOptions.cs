namespace Etude.Music.Sound;

/// <summary>How finely <see cref="PianoSoundFont"/> samples the synthesized piano.</summary>
public sealed record PianoOptions
{
    /// <summary>Keys from one recorded key to the next, 1 to 12; those between are transposed. Default 4.</summary>
    public int KeyStep { get; init; } = 4;

    /// <summary>How many strengths are recorded of each key, 1 to 8; a filter shades those between. Default 3.</summary>
    public int VelocityLayers { get; init; } = 3;

    /// <summary>Samples a second, 22,050 to 96,000. Default 44,100.</summary>
    public int SampleRate { get; init; } = 44_100;

    /// <summary>Draws the small irregularities of strings and soundboard: another number, another instrument. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
