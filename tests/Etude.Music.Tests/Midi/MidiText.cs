namespace Etude.Music.Tests.Midi;

/// <summary>Builds the bytes of MIDI files from hexadecimal text, so that a test shows what it reads.</summary>
internal static class MidiText
{
    public const string EndOfTrack = "00 FF 2F 00 ";

    public static byte[] File(int format, int division, params byte[][] tracks) =>
        [.. "MThd"u8, .. Hex($"00000006 {format:X4} {tracks.Length:X4} {division & 0xFFFF:X4}"), .. tracks.SelectMany(track => track)];

    /// <summary>One track of format 1 at 96 ticks to the quarter note, its end marked.</summary>
    public static byte[] File(string events) => File(1, 96, Track(events));

    public static byte[] Track(string events) => RawTrack(events + EndOfTrack);

    public static byte[] RawTrack(string events, uint? length = null)
    {
        byte[] bytes = Hex(events);
        return [.. "MTrk"u8, .. Hex($"{length ?? (uint)bytes.Length:X8}"), .. bytes];
    }

    public static byte[] Hex(string text) =>
        Convert.FromHexString(string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
}
