namespace Etude.Music.Midi;

/// <summary>How to read a MIDI file.</summary>
public sealed record MidiReadOptions
{
    /// <summary>
    /// Whether the first fault throws <see cref="MidiFormatException"/>. Default false: what can be read is read, and
    /// each mended fault is listed in <see cref="MidiReading.Repairs"/>.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>
    /// The longest piece in quarter notes; a track that goes on beyond is read up to there (or throws where
    /// <see cref="Strict"/>). Keeps one corrupt delta time from making a score of years. Default 100,000, which is
    /// fourteen hours at 120 quarter notes a minute.
    /// </summary>
    public int MaximumQuarters { get; init; } = 100_000;
}
