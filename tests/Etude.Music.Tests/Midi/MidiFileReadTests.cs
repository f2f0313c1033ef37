using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Midi;

/// <summary>The rules of the format, each on the smallest file that shows it. None of these files has a fault.</summary>
public sealed class MidiFileReadTests
{
    private static Note N(int onset, int duration, byte pitch, byte velocity = 64) => new(new(onset), new(duration), pitch, velocity);

    private static Score Read(byte[] bytes)
    {
        MidiReading reading = MidiFile.Read(bytes, new() { Strict = true });
        Assert.Empty(reading.Repairs);
        Assert.Null(reading.Score.FirstFault());
        return reading.Score;
    }

    private static Note[] NotesOf(string events) => [.. Read(MidiText.File(events)).NotesInOrder()];

    [Fact]
    public void Note_off_and_note_on_of_velocity_0_both_end_a_note() =>
        Assert.Equal([N(0, 96, 60), N(96, 96, 62)], NotesOf("00 90 3C 40  60 80 3C 40  00 90 3E 40  60 90 3E 00"));

    [Fact]
    public void Running_status_repeats_the_last_status() =>
        Assert.Equal([N(0, 96, 60), N(96, 96, 62)], NotesOf("00 90 3C 40  60 3C 00  00 3E 40  60 3E 00"));

    [Fact]
    public void Delta_times_take_one_to_four_bytes() =>
        Assert.Equal([N(0, 127, 60), N(127, 128, 60), N(255, 16_384, 60), N(16_639, 2_097_152, 60)],
            NotesOf("00 90 3C 40 7F 3C 00  00 3C 40 81 00 3C 00  00 3C 40 81 80 00 3C 00  00 3C 40 81 80 80 00 3C 00"));

    [Fact]
    public void First_note_of_a_pitch_ends_first() =>
        Assert.Equal([N(0, 48, 60, 1), N(16, 80, 60, 2)], NotesOf("00 90 3C 01  10 3C 02  20 3C 00  30 3C 00"));

    [Fact]
    public void Struck_again_at_the_tick_where_it_ends_is_two_notes_in_either_order() =>
        Assert.Equal(NotesOf("00 90 3C 40  60 3C 00  00 3C 40  60 3C 00"), NotesOf("00 90 3C 40  60 3C 40  00 3C 00  60 3C 00"));

    [Fact]
    public void Chords_come_in_the_order_of_pitch() =>
        Assert.Equal([N(0, 96, 60), N(0, 48, 64), N(0, 96, 67)],
            NotesOf("00 90 43 40  00 3C 40  00 40 40  30 40 00  30 43 00  00 3C 00"));

    [Fact]
    public void A_second_note_off_does_nothing() =>
        Assert.Equal([N(0, 96, 60)], NotesOf("00 80 3C 40  00 90 3C 40  60 80 3C 40  00 3C 40"));

    [Fact]
    public void All_notes_off_ends_the_notes_of_its_channel() =>
        Assert.Equal([N(0, 32, 60), N(0, 32, 64), N(0, 96, 67)],
            NotesOf("00 90 3C 40  00 40 40  00 91 43 40  20 B0 7B 00  40 81 43 40"));

    [Fact]
    public void Other_channel_events_and_system_exclusives_are_passed_over() =>
        Assert.Equal([N(0, 96, 60)],
            NotesOf("00 F0 05 7E 7F 09 01 F7  00 90 3C 40  00 A0 3C 10  00 B0 07 64  00 D0 10  00 E0 00 40  00 F7 02 01 02  60 80 3C 40"));

    [Fact]
    public void Each_channel_and_program_of_a_track_is_a_track()
    {
        Score score = Read(MidiText.File("00 FF 03 02 48 69  00 90 3C 40  00 C1 28  00 91 40 40  00 C0 05  10 90 3E 40  00 99 23 40 " +
            "10 90 3C 00  00 3E 00  00 91 40 00  00 99 23 00"));
        Assert.All(score.Tracks, track => Assert.Equal("Hi", track.Name));
        Assert.Equal([(0, false, 60), (40, false, 64), (5, false, 62), (0, true, 35)],
            score.Tracks.Select(track => (track.Program, track.IsDrums, (int)track.Notes[0].Pitch)));
    }

    [Fact]
    public void Program_of_a_channel_holds_in_later_tracks()
    {
        Score score = Read(MidiText.File(1, 96, MidiText.Track("00 C0 13"), MidiText.Track("00 90 3C 40 60 3C 00")));
        Assert.Equal(19, Assert.Single(score.Tracks).Program);
    }

    [Fact]
    public void Pedal_belongs_to_the_channel_whichever_track_it_stands_in()
    {
        Score score = Read(MidiText.File(1, 96,
            MidiText.Track("00 90 3C 40 60 3C 00  00 91 3C 40 60 3C 00"),
            MidiText.Track("00 90 30 40  10 B0 40 40  08 40 7F  08 40 3F  10 40 7F  20 80 30 00")));
        Pedal[] spans = [new(new(16), new(16)), new(new(48), new(144))]; // the last is held to the end of the file
        Assert.Equal(spans, score.Tracks[0].Pedals);
        Assert.Empty(score.Tracks[1].Pedals);
        Assert.Equal(spans, score.Tracks[2].Pedals);
    }

    [Fact]
    public void Defaults_hold_until_the_file_says_otherwise()
    {
        Score score = Read(MidiText.File("60 FF 51 03 0F 42 40  00 FF 58 04 03 03 18 08"));
        Assert.Equal([Tempo.Default, new(new(96), 1_000_000)], score.Tempos);
        Assert.Equal([Meter.Default, new(new(96), 3, 8)], score.Meters);
    }

    [Fact]
    public void Maps_of_all_tracks_are_merged_and_the_last_at_a_tick_holds()
    {
        Score score = Read(MidiText.File(1, 96,
            MidiText.Track("00 FF 51 03 06 1A 80  60 FF 51 03 0F 42 40  00 FF 59 02 FD 01"),
            MidiText.Track("30 FF 51 03 00 00 01  30 FF 51 03 00 00 02  00 FF 59 02 02 00")));
        Assert.Equal([new(new(0), 400_000), new(new(48), 1), new(new(96), 2)], score.Tempos);
        Assert.Equal([new KeySignature(new(96), 2, false)], score.KeySignatures);
    }

    [Fact]
    public void Texts_at_the_beginning_are_kept_in_utf8_or_latin1()
    {
        Score score = Read(MidiText.File(1, 96,
            MidiText.Track("00 FF 01 02 C3 A9  00 FF 02 01 E9  00 FF 03 01 54  60 FF 01 01 41"),
            MidiText.Track("00 FF 03 01 52  00 90 3C 40 60 3C 00")));
        Assert.Equal(["T", "é", "é"], score.Texts);
        Assert.Equal("R", score.Tracks[0].Name);
    }

    [Fact]
    public void Sequences_of_format_2_follow_one_another_each_from_the_defaults()
    {
        byte[] first = MidiText.Track("00 FF 51 03 00 00 01  00 FF 58 04 03 02 18 08  00 C0 05  00 B0 40 7F  00 90 3C 40  60 3C 00");
        byte[] second = MidiText.Track("30 90 3E 40  60 3E 00");
        Score score = Read(MidiText.File(2, 96, first, second));
        Assert.Equal([N(0, 96, 60), N(144, 96, 62)], score.NotesInOrder());
        Assert.Equal([new(new(0), 1), new(new(96), 500_000)], score.Tempos);
        Assert.Equal([new(new(0), 3, 4), new(new(96), 4, 4)], score.Meters);
        Assert.Equal([5, 0], score.Tracks.Select(track => track.Program));
        Assert.Equal([new Pedal(new(0), new(96))], score.Tracks[0].Pedals);
    }

    [Theory]
    [InlineData(0xE728, 1000)] // -25 frames, 40 ticks a frame: a tick is a millisecond
    [InlineData(0xE804, 96)]   // -24, 4
    [InlineData(0xE250, 2400)] // -30, 80
    [InlineData(0xE364, 3000 / 1.001)] // -29: drop frame, 100
    public void Frames_give_the_right_seconds_and_tempo_events_mean_nothing(int division, double ticksPerSecond)
    {
        Score score = Read(MidiText.File(0, division, MidiText.Track("00 FF 51 03 00 00 01  00 90 3C 40  60 3C 00")));
        double secondsPerTick = Assert.Single(score.Tempos).MicrosecondsPerQuarter / 1e6 / score.TicksPerQuarter;
        Assert.Equal(1 / ticksPerSecond, secondsPerTick, 12);
    }

    [Fact]
    public void Unknown_chunks_and_longer_headers_are_lawful()
    {
        byte[] file = [.. "MThd"u8, .. MidiText.Hex("00000008 0001 0001 0060 FFFF"), .. "XFIH"u8, .. MidiText.Hex("00000003 010203"),
            .. MidiText.Track("00 90 3C 40  60 3C 00")];
        Assert.Equal([N(0, 96, 60)], Read(file).NotesInOrder());
    }

    [Fact]
    public void Riff_wrapped_files_are_unwrapped()
    {
        byte[] inner = MidiText.File("00 90 3C 40  60 3C 00  00 FF 7F 01 00"); // of even length, as RIFF wants
        byte[] file = [.. "RIFF"u8, .. BitConverter.GetBytes(inner.Length + 24), .. "RMID"u8, .. "DISP"u8, 1, 0, 0, 0, 65, 0,
            .. "data"u8, .. BitConverter.GetBytes(inner.Length), .. inner, .. "LIST"u8, 2, 0, 0, 0, 65, 66];
        Assert.Equal([N(0, 96, 60)], Read(file).NotesInOrder());
    }

    [Fact]
    public void An_empty_piece_is_a_piece() => Assert.Empty(Read(MidiText.File("")).Tracks);
}
