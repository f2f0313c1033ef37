using Etude.Music.Scores;

namespace Etude.Music.Midi;

/// <summary>Reads and writes Standard MIDI Files (MIDI 1.0, RP-001 with its amendments).</summary>
/// <remarks>
/// <para>How a file becomes a <see cref="Score"/>:</para>
/// <list type="bullet">
/// <item>Each <see cref="Track"/> is one channel of one MIDI track under one program; a program change amid a track
/// begins another. A program given in an earlier MIDI track holds for its channel in the later ones.</item>
/// <item>A note-off ends the note of its pitch that began first; a note-on of velocity 0 is a note-off. Notes never ended
/// end with their MIDI track; a note without length gets one tick. Both are listed as repairs.</item>
/// <item>The sustain pedal (controller 64) belongs to its channel: all tracks of the channel get its spans, and without notes there they are nobody's.
/// "All notes off", "all sound off" and "reset all controllers" do as they say.</item>
/// <item>Tempos, meters and keys of all MIDI tracks are merged; the last at a tick holds. 120 quarter notes a minute
/// and 4/4 hold until others are given.</item>
/// <item>Texts and copyrights at tick 0, and the name of a first MIDI track without notes, become <see cref="Score.Texts"/>.
/// Text is UTF-8 or, where it is not valid so, Latin-1.</item>
/// <item>Under SMPTE division a quarter note is half a second (at 25 frames: one second), at the tempo that makes
/// the seconds right; tempo events then mean nothing and are ignored.</item>
/// <item>The sequences of a format 2 file follow one another. RIFF-wrapped files (RMID) are unwrapped.</item>
/// </list>
/// <para>Reading takes one pass, time linear in the bytes, and memory of at most some tens of bytes for each byte.</para>
/// </remarks>
public static class MidiFile
{
    /// <summary>Reads a MIDI file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read; tolerant by default.</param>
    /// <exception cref="MidiFormatException">The file is no MIDI file, or has a fault and reading is strict.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static MidiReading Read(string path, MidiReadOptions? options = null) =>
        Read(File.ReadAllBytes(path), options, path);

    /// <summary>Reads the bytes of a MIDI file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="options">How to read; tolerant by default.</param>
    /// <param name="name">What to call the file in errors.</param>
    /// <exception cref="MidiFormatException">The bytes are no MIDI file, or have a fault and reading is strict.</exception>
    public static MidiReading Read(ReadOnlySpan<byte> bytes, MidiReadOptions? options = null, string? name = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumQuarters);
        return new MidiChunkReader(bytes, options, new(name ?? "MIDI data", options.Strict)).Read();
    }

    /// <summary>
    /// Writes a score as a format 1 file. Reading it again gives an equal score where every track has notes, no note
    /// lies inside another of its pitch in the same track (the two ends would swap), and texts are valid Unicode.
    /// </summary>
    /// <remarks>
    /// Each track has a channel to itself: past fifteen, and for a second drum track, with the port event (FF 21).
    /// The texts stand as text events at the beginning of the first MIDI track.
    /// </remarks>
    /// <exception cref="ArgumentException">The score breaks a rule (<see cref="ScoreRules.FirstFault"/>).</exception>
    public static byte[] ToBytes(Score score) => MidiFileWriter.ToBytes(score);

    /// <summary>
    /// Writes a score to a file as <see cref="ToBytes"/> does. The file appears whole or not at all; one that was
    /// there is replaced.
    /// </summary>
    /// <exception cref="ArgumentException">The score breaks a rule (<see cref="ScoreRules.FirstFault"/>).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Score score, string path)
    {
        byte[] bytes = ToBytes(score);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary); // a no-op once moved
        }
    }
}
