using Etude.Music.Notation;
using Etude.Music.Scores;
using Etude.Music.Tests.Representations;

namespace Etude.Music.Tests.Notation;

public sealed class AbcTests
{
    private const string Header = "X:1\nM:4/4\nL:1/8\nK:C\n";

    [Theory]
    [InlineData("C,, C, C c c' c''", "36:240 48:240 60:240 72:240 84:240 96:240")]
    [InlineData("C2 C/ C// C3/2 C/4 C4", "60:480 60:120 60:60 60:360 60:60 60:960")]
    [InlineData("^C C | C =C _B B ^^C __D", "61:240 61:240 60:240 60:240 70:240 70:240 62:240 60:240")]
    [InlineData("^c C c | C", "73:240 61:240 73:240 60:240")]
    [InlineData("C>D C<D C>>D C<<D", "60:360 62:120 60:120 62:360 60:420 62:60 60:60 62:420")]
    [InlineData("[CEG]2 [C2E2]3 [ce]/", "60:480 64:480 67:480 60:1440 64:1440 72:120 76:120")]
    [InlineData("C z D x2 E", "60:240 62:240 64:240")]
    [InlineData("(3CDE (3:2:2C2E (5CDEFG", "60:160 62:160 64:160 60:320 64:160 60:96 62:96 64:96 65:96 67:96")]
    [InlineData("C4-|C4- C4 C4", "60:2880 60:960")]
    [InlineData("^F4-|F2 F2", "66:1440 65:480")]
    [InlineData("[CE-]4[DE]4", "60:960 64:1920 62:960")]
    [InlineData("[CE]4-[CE]4", "60:1920 64:1920")]
    [InlineData("\"Am\"C !f!D .E ~F (GA) uB vc Td", "60:240 62:240 64:240 65:240 67:240 69:240 71:240 72:240 74:240")]
    [InlineData("C D\\\nE % a remark\nF", "60:240 62:240 64:240 65:240")]
    [InlineData("C [K:D] C F [L:1/16] C4", "60:240 61:240 66:240 61:480")]
    public void Notes_are_read(string music, string expected) => Assert.Equal(expected, Notes(Header + music));

    [Theory]
    [InlineData("|:C8:|D8|", "C C D")]
    [InlineData("C8|D8:|E8|", "C D C D E")]
    [InlineData("|:C8|1D8:|2E8|]", "C D C E")]
    [InlineData("|:C8|[1,3D8:|[2E8:|[4F8|]", "C D C E C D C F")]
    [InlineData("|:C8::D8:|", "C C D D")]
    [InlineData("|:C8|1D8:|2E8||F8|:G8:|", "C D C E F G G")]
    [InlineData("C8|:D8|E8:|F8|]", "C D E D E F")]
    public void Repeats_are_played_out(string music, string expected) =>
        Assert.Equal(expected, string.Join(' ', Score(Header + music).Tracks[0].Notes.Select(note => "C_D_EF_G"[note.Pitch - 60])));

    [Theory]
    [InlineData("C", 0, false)]
    [InlineData("G", 1, false)]
    [InlineData("F#m", 3, true)]
    [InlineData("Bb", -2, false)]
    [InlineData("Cb", -7, false)]
    [InlineData("C#", 7, false)]
    [InlineData("Ebminor", -6, true)]
    [InlineData("D dor", 0, false)]
    [InlineData("Amix clef=bass", 2, false)]
    [InlineData("E Phrygian", 0, false)]
    [InlineData("none", 0, false)]
    public void Keys_are_read(string key, int sharps, bool isMinor) =>
        Assert.Equal([new KeySignature(default, sharps, isMinor)], Score($"X:1\nK:{key}\nC").KeySignatures);

    [Fact]
    public void A_key_sharpens_in_the_order_of_fifths() =>
        Assert.Equal("61:240 63:240 64:240 66:240 68:240 69:240 71:240", Notes("X:1\nL:1/8\nK:E\nCDEFGAB"));

    [Fact]
    public void Upbeat_meters_tempos_and_texts_come_through()
    {
        Score score = Score("X:1\nT:Title\nC:Someone\nM:3/4\nL:1/4\nQ:\"Allegro\" 3/8=80\nK:G\nD|GAB|[M:2/4][Q:1/4=60]cd|ed|");
        Assert.Equal([new Meter(default, 1, 4), new Meter(new Tick(480), 3, 4), new Meter(new Tick(1920), 2, 4)], score.Meters);
        Assert.Equal([Tempo.FromQuartersPerMinute(default, 120), Tempo.FromQuartersPerMinute(new Tick(1920), 60)], score.Tempos);
        Assert.Equal(["Title", "Someone"], score.Texts);
        Assert.Equal(480, score.TicksPerQuarter);
    }

    [Fact]
    public void Voices_become_tracks()
    {
        Score score = Score("X:1\nM:4/4\nL:1/4\nV:RH name=\"Right hand\"\nV:LH name=Left octave=-1\nK:C\nV:RH\nCDEF|\n[V:LH]C4|\nV:RH\nG4|\nV:LH\nz4|");
        Assert.Equal(["Right hand", "Left"], score.Tracks.Select(track => track.Name));
        Assert.Equal([60, 62, 64, 65, 67], score.Tracks[0].Notes.Select(note => (int)note.Pitch));
        Assert.Equal([48], score.Tracks[1].Notes.Select(note => (int)note.Pitch));
        Assert.Equal(1920, score.Tracks[0].Notes[4].Onset.Value);
    }

    [Theory]
    [InlineData("C8|C7|C8|", "line 5, column 6: the bar that ends here lasts 3.5 quarter notes, in 4/4 it should be 4")]
    [InlineData("C8|C9|C8|", "lasts 4.5 quarter notes")]
    [InlineData("C9|C8|", "lasts 4.5 quarter notes")]
    [InlineData("{cd}C8|", "line 5, column 1: grace notes left out")]
    [InlineData("V:1\nC8|\nV:2\nC4|", "voice 2 lasts 2 quarter notes, another 4")]
    public void What_is_odd_is_remarked_with_its_place(string music, string remark) =>
        Assert.Contains(remark, Assert.Single(Abc.Read(Header + music, "my.abc").Remarks), StringComparison.Ordinal);

    [Theory]
    [InlineData("C4|C8|C8|C4|")]
    [InlineData("|:C2|C8|C8|C6:|")]
    [InlineData("[M:none]C3|C8|C|C8|")]
    [InlineData("Z3|C8|")]
    public void Upbeats_split_bars_and_free_bars_are_not_odd(string music) => Assert.Empty(Abc.Read(Header + music).Remarks);

    [Theory]
    [InlineData(Header + "CD?E", "my.abc, line 5, column 3: '?' means nothing in music")]
    [InlineData(Header + "[CE", "line 5, column 1: a chord is not closed")]
    [InlineData(Header + "[]", "a chord without notes")]
    [InlineData(Header + "^z", "an accidental without a note")]
    [InlineData(Header + "- C", "a tie without a note")]
    [InlineData(Header + "> C", "'>' stands between two notes")]
    [InlineData(Header + "C0", "a note of no length")]
    [InlineData(Header + "C99999", "a number beyond 30000")]
    [InlineData(Header + "[C30000]30000", "longer than a million quarter notes")]
    [InlineData(Header + "c''''''", "beyond MIDI's 128")]
    [InlineData(Header + "\"Am C", "is not closed: a '\"' is missing")]
    [InlineData(Header + "C&D", "voice overlays")]
    [InlineData(Header + "(0C", "tuplet")]
    [InlineData(Header + ": C", "no bar line")]
    [InlineData(Header + "[K:H]C", "line 5, column 4: 'H' is no key")]
    [InlineData("X:1\nM:3/5\nK:C\nC", "line 2, column 3: '3/5' is no meter")]
    [InlineData("X:1\nL:x\nK:C\nC", "'x' is no fraction")]
    [InlineData("X:1\nL:1/0\nK:C\nC", "'1/0' is no fraction")]
    [InlineData("X:1\nQ:fast=9\nK:C\nC", "no fraction")]
    [InlineData("X:1\nQ:1/4=0\nK:C\nC", "no tempo")]
    [InlineData("X:1\nCDE", "music before the key")]
    [InlineData("X:1\nT:only", "there is no tune")]
    [InlineData("", "there is no tune")]
    [InlineData(Header + "C\n\nX:2\nK:D\nC", "a second tune begins")]
    public void What_cannot_be_read_is_named_with_its_place(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Abc.Read(text, "my.abc")).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_text_is_read_or_refused_with_a_message()
    {
        const string Symbols = "CDEFGABcdefgab,,''^_=234/|:[]()<>-zZ{}\" \n&!.123%VKLMQ";
        var random = new Random(3);
        for (int trial = 0; trial < 3000; trial++)
        {
            string music = new([.. Enumerable.Range(0, random.Next(30)).Select(_ => Symbols[random.Next(Symbols.Length)])]);
            try
            {
                Abc.Read(Header + music);
            }
            catch (FormatException fault)
            {
                Assert.Contains("line", fault.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Reading_gives_what_was_written()
    {
        foreach (Score score in Some.Scores())
        {
            AbcReading read = Abc.Read(Abc.Write(score, "Some title"));
            Assert.Equal("Some title", read.Score.Texts[0]);
            Assert.Equal(score.Tracks.Length, read.Score.Tracks.Length);
            for (int track = 0; track < score.Tracks.Length; track++)
            {
                Score voice = score with { Tracks = [score.Tracks[track] with { Program = 0 }] };
                var expected = Quantized.Notes(voice, Quantized.PerQuarter(score, 48)).Select(note => (10 * note.Onset, 10 * note.End, note.Pitch));
                Assert.Equal(expected, read.Score.Tracks[track].Notes.Select(note => (note.Onset.Value, note.End.Value, (int)note.Pitch)));
            }
        }
        Score waltz = Some.Waltz();
        Score again = Abc.Read(Abc.Write(waltz)).Score;
        for (int track = 0; track < 2; track++)
        {
            Assert.Equal(waltz.Tracks[track].Notes.Select(note => note with { Velocity = 80 }), again.Tracks[track].Notes);
        }
        Assert.Equal(waltz.Meters, again.Meters);
    }

    private static Score Score(string text) => Abc.Read(text).Score;

    private static string Notes(string text) => string.Join(' ', Score(text).Tracks[0].Notes
        .Select(note => FormattableString.Invariant($"{note.Pitch}:{note.Duration.Value}")));
}
