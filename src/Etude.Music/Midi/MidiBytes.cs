namespace Etude.Music.Midi;

/// <summary>The numbers of the format that the reader and the writer share.</summary>
internal static class MidiBytes
{
    public const int DrumChannel = 9; // channel 10 as people count

    public const int NoteOff = 0x80;
    public const int NoteOn = 0x90;
    public const int Controller = 0xB0;
    public const int ProgramChange = 0xC0;
    public const int ChannelPressure = 0xD0;
    public const int SystemExclusive = 0xF0;
    public const int SystemExclusiveMore = 0xF7;
    public const int Meta = 0xFF;

    public const int SustainPedal = 64;
    public const int AllSoundOff = 120;
    public const int ResetControllers = 121;
    public const int AllNotesOff = 123; // and 124 to 127, which change mode and end all notes too

    public const int MetaText = 0x01;
    public const int MetaCopyright = 0x02;
    public const int MetaTrackName = 0x03;
    public const int MetaPort = 0x21;
    public const int MetaEndOfTrack = 0x2F;
    public const int MetaTempo = 0x51;
    public const int MetaMeter = 0x58;
    public const int MetaKey = 0x59;

    public static ReadOnlySpan<byte> HeaderChunk => "MThd"u8;

    public static ReadOnlySpan<byte> TrackChunk => "MTrk"u8;
}
