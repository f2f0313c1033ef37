namespace Etude.Music.Scores;

/// <summary>A tempo that holds from <paramref name="Onset"/> until the next one.</summary>
/// <param name="Onset">Where it begins.</param>
/// <param name="MicrosecondsPerQuarter">The length of a quarter note, 1 to 16,777,215 microseconds.</param>
public readonly record struct Tempo(Tick Onset, int MicrosecondsPerQuarter)
{
    /// <summary>What holds where a file says nothing: 120 quarter notes a minute.</summary>
    public static Tempo Default => new(Tick.Zero, 500_000);

    /// <summary>Quarter notes a minute.</summary>
    public double QuartersPerMinute => 60_000_000.0 / MicrosecondsPerQuarter;

    /// <summary>The tempo of a given number of quarter notes a minute, 3.58 to 60,000,000.</summary>
    public static Tempo FromQuartersPerMinute(Tick onset, double quartersPerMinute) =>
        new(onset, (int)Math.Clamp(Math.Round(60_000_000.0 / quartersPerMinute), 1, 0xFFFFFF));
}
