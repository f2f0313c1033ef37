namespace Etude.Music.Sound;

/// <summary>One sample as one range of keys and velocities plays it, in the units that a voice needs.</summary>
internal sealed class SoundFontRegion
{
    public required int LowKey { get; init; }
    public required int HighKey { get; init; }
    public required int LowVelocity { get; init; }
    public required int HighVelocity { get; init; }

    /// <summary>Where the sample begins and ends (exclusive) in the font's pool.</summary>
    public required int Start { get; init; }
    public required int End { get; init; }

    /// <summary>Where the loop begins and ends (exclusive); the same place where there is no loop.</summary>
    public required int LoopStart { get; init; }
    public required int LoopEnd { get; init; }

    /// <summary>Whether the loop ends with the key (mode 3), so that the rest of the sample sounds.</summary>
    public required bool LoopsUntilRelease { get; init; }

    public required int SampleRate { get; init; }

    /// <summary>The key at which the sample sounds as recorded, and the correction of that in cents.</summary>
    public required int RootKey { get; init; }
    public required double TuneCents { get; init; }
    public required double CentsPerKey { get; init; }

    public required SoundFontZone Zone { get; init; }

    public bool Matches(int key, int velocity) =>
        key >= LowKey && key <= HighKey && velocity >= LowVelocity && velocity <= HighVelocity;
}
