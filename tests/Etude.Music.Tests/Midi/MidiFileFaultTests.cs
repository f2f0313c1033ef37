using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Midi;

/// <summary>Every fault that is mended: what is read, what is listed and where, and that strict reading refuses it.</summary>
public sealed class MidiFileFaultTests
{
    private const string OneNote = "00 90 3C 40  60 3C 00 ";

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    // A header of 14 bytes and the 8 of the track: its first event is at byte 22.
    public static TheoryData<string, byte[], MidiFault, int, int> Faults => new()
    {
        { "never ended", MidiText.File(OneNote + "00 3E 40  60 FF 01 00"), MidiFault.NoteNeverEnded, 30, 2 },
        { "no length", MidiText.File("00 90 3C 40  00 3C 00"), MidiFault.NoteWithoutLength, 23, 1 },
        { "status for data", MidiText.File(OneNote + "00 3E 80  60 3E 00"), MidiFault.UnreadableEvent, 30, 1 },
        { "no status yet", MidiText.File("00 3C 40"), MidiFault.UnreadableEvent, 23, 0 },
        { "five-byte number", MidiText.File(OneNote + "80 80 80 80 00 3E 40"), MidiFault.UnreadableEvent, 29, 1 },
        { "cable status", MidiText.File("00 F8  00 F2 01 02 " + OneNote), MidiFault.IllegalStatus, 23, 1 },
        { "carried over meta", MidiText.File("00 90 3C 40  00 FF 01 00  60 3C 00"), MidiFault.CarriedRunningStatus, 31, 1 },
        { "carried over exclusive", MidiText.File("00 90 3C 40  00 F0 01 F7  60 3C 00"), MidiFault.CarriedRunningStatus, 31, 1 },
        { "tempo 0", MidiText.File("00 FF 51 03 00 00 00 " + OneNote), MidiFault.BadMetaEvent, 23, 1 },
        { "meter 0/4", MidiText.File("00 FF 58 04 00 02 18 08 " + OneNote), MidiFault.BadMetaEvent, 23, 1 },
        { "meter 4/128", MidiText.File("00 FF 58 04 04 07 18 08 " + OneNote), MidiFault.BadMetaEvent, 23, 1 },
        { "8 flats", MidiText.File("00 FF 59 02 F8 00 " + OneNote), MidiFault.BadMetaEvent, 23, 1 },
        { "no end of track", MidiText.File(1, 96, MidiText.RawTrack(OneNote)), MidiFault.MissingEndOfTrack, 29, 1 },
        { "cut in an event", MidiText.File(1, 96, MidiText.RawTrack(OneNote + "00 3E")), MidiFault.Truncated, 30, 1 },
        { "cut in a text", MidiText.File(1, 96, MidiText.RawTrack(OneNote + "00 FF 01 FF FF FF 7F 41")), MidiFault.Truncated, 30, 1 },
        { "length 0", MidiText.File(1, 96, MidiText.RawTrack(OneNote + MidiText.EndOfTrack, 0)), MidiFault.WrongTrackLength, 18, 1 },
        { "length 4 GB", MidiText.File(1, 96, MidiText.RawTrack(OneNote + MidiText.EndOfTrack, uint.MaxValue)), MidiFault.WrongTrackLength, 18, 1 },
        { "length short", MidiText.File(1, 96, MidiText.RawTrack(OneNote + MidiText.EndOfTrack, 5)), MidiFault.WrongTrackLength, 18, 1 },
        { "end inside", MidiText.File(1, 96, MidiText.RawTrack(OneNote + MidiText.EndOfTrack + OneNote)), MidiFault.WrongTrackLength, 18, 1 },
        { "junk at the start", Join([1, 2, 3], MidiText.File(OneNote)), MidiFault.JunkBytes, 0, 1 },
        { "junk at the end", Join(MidiText.File(OneNote), [1, 2, 3]), MidiFault.JunkBytes, 33, 1 },
        { "junk between", Join(MidiText.File(1, 96, [1, 2, 3, 4, 5, 6, 7, 8, 9, .. MidiText.Track(OneNote)])), MidiFault.JunkBytes, 14, 1 },
        { "two files in one", Join(MidiText.File(OneNote), MidiText.File(OneNote)), MidiFault.JunkBytes, 33, 2 },
        { "division 0", MidiText.File(1, 0, MidiText.Track(OneNote)), MidiFault.BadHeader, 12, 1 },
        { "0 ticks a frame", MidiText.File(1, 0xE700, MidiText.Track(OneNote)), MidiFault.BadHeader, 12, 1 },
        { "format 3", MidiText.File(3, 96, MidiText.Track(OneNote)), MidiFault.BadHeader, 8, 1 },
        { "two tracks in format 0", MidiText.File(0, 96, MidiText.Track(OneNote), MidiText.Track(OneNote)), MidiFault.WrongTrackCount, 10, 2 },
        { "a track too few", Join(MidiText.Hex("4D546864 00000006 0001 0002 0060"), MidiText.Track(OneNote)), MidiFault.WrongTrackCount, 10, 1 },
        { "too long", MidiText.File(OneNote + "FF FF FF 7F 3E 40"), MidiFault.TooLong, 29, 1 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Is_mended_listed_and_refused_when_strict(string what, byte[] bytes, MidiFault fault, int offset, int noteCount)
    {
        MidiReading reading = MidiFile.Read(bytes);
        MidiRepair repair = reading.Repairs.First(entry => entry.Fault == fault);
        Assert.Equal(offset, repair.Offset);
        Assert.Equal(noteCount, reading.Score.NoteCount);
        Assert.Null(reading.Score.FirstFault());

        var error = Assert.Throws<MidiFormatException>(() => MidiFile.Read(bytes, new() { Strict = true }, what));
        MidiRepair first = reading.Repairs[0];
        Assert.Equal((what, first.Offset, first.Fault), (error.Name, error.Offset, error.Fault));
        Assert.StartsWith($"{what}: byte {first.Offset}: {first.What}; ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{first.Mend}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", MidiFault.NotMidi)]
    [InlineData("not a midi file", MidiFault.NotMidi)]
    [InlineData("MThd\0\0\0\u0006\0\u0001", MidiFault.Truncated)]
    public void What_is_no_midi_file_is_refused(string text, MidiFault fault)
    {
        byte[] bytes = [.. text.Select(c => (byte)c)];
        Assert.Equal(fault, Assert.Throws<MidiFormatException>(() => MidiFile.Read(bytes)).Fault);
    }

    [Fact]
    public void A_note_never_ended_ends_with_its_track() =>
        Assert.Equal([new(new(0), new(96), 60, 64), new Note(new(96), new(32), 62, 64)],
            MidiFile.Read(MidiText.File("00 90 3C 40  60 3C 00  00 3E 40  20 FF 01 00")).Score.NotesInOrder());

    [Fact]
    public void Tracks_after_a_broken_one_are_read()
    {
        byte[] file = MidiText.File(1, 96, MidiText.RawTrack("00 90 3C 90 90 90", 0x7FFFFFFF), MidiText.Track(OneNote), MidiText.Track(OneNote));
        Assert.Equal(2, MidiFile.Read(file).Score.NoteCount);
    }

    [Fact]
    public void Repeated_faults_of_a_track_are_one_repair()
    {
        MidiReading reading = MidiFile.Read(MidiText.File(string.Concat(Enumerable.Repeat("00 90 3C 40 00 3C 00 00 F4 ", 1000))));
        Assert.Equal([(MidiFault.NoteWithoutLength, 1000), (MidiFault.IllegalStatus, 1000)],
            reading.Repairs.Select(repair => (repair.Fault, repair.Count)));
        Assert.Equal("track 1, byte 23 and 999 more: a note ends at the tick where it begins; it gets one tick", reading.Repairs[0].ToString());
    }

    [Fact]
    public void The_longest_piece_is_a_choice()
    {
        byte[] file = MidiText.File(OneNote + OneNote + OneNote);
        Assert.Equal(2, MidiFile.Read(file, new() { MaximumQuarters = 1 }).Score.NoteCount);
        Assert.Empty(MidiFile.Read(file, new() { MaximumQuarters = 3 }).Repairs);
    }
}
