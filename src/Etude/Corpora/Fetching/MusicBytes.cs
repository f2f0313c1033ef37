namespace Etude.Corpora.Fetching;

/// <summary>Tells MIDI files and archives by their first bytes and by their names.</summary>
internal static class MusicBytes
{
    private static readonly string[] MidiExtensions = [".mid", ".midi", ".kar", ".rmi", ".smf"];

    public static bool HasMidiName(string path) => MidiExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public static bool HasArchiveName(string path) => Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase);

    public static bool IsMidi(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("MThd"u8) || (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..12].SequenceEqual("RMID"u8));

    public static bool IsArchive(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    public static byte[] FirstBytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[12];
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..count];
    }
}
