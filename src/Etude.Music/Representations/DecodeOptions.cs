using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>What a decoded score takes from its caller because its tokens or roll do not say it.</summary>
/// <remarks>What the tokens do say (bars with meters, velocities, tempos) goes before these.</remarks>
public sealed record DecodeOptions
{
    /// <summary>Ticks that make a quarter note, 24 or more. Default 480.</summary>
    public int TicksPerQuarter { get; init; } = 480;

    /// <summary>The tempo map, as in <see cref="Score.Tempos"/>. Default 120 quarter notes a minute.</summary>
    public ImmutableArray<Tempo> Tempos { get; init; } = [Tempo.Default];

    /// <summary>The time signatures, as in <see cref="Score.Meters"/>. Default 4/4.</summary>
    public ImmutableArray<Meter> Meters { get; init; } = [Meter.Default];

    /// <summary>The key signatures. Default none.</summary>
    public ImmutableArray<KeySignature> KeySignatures { get; init; } = [];

    /// <summary>The velocity of every note, 1 to 127. Default 80.</summary>
    public byte Velocity { get; init; } = 80;

    /// <summary>120 quarter notes a minute, 4/4.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>The tempos, meters, key signatures and resolution of a score: a piece decoded with them lies over it.</summary>
    public static DecodeOptions From(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new DecodeOptions
        {
            TicksPerQuarter = score.TicksPerQuarter,
            Tempos = score.Tempos,
            Meters = score.Meters,
            KeySignatures = score.KeySignatures,
        };
    }
}
