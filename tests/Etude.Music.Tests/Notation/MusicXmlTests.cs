using System.Diagnostics;
using Etude.Music.Midi;
using Etude.Music.Notation;
using Etude.Music.Scores;
using static Etude.Music.Tests.Notation.MusicXmlReading;

namespace Etude.Music.Tests.Notation;

public sealed class MusicXmlTests
{
    private static Note Note(double quarter, double quarters, int pitch) =>
        new(new((int)Math.Round(quarter * 480)), new((int)Math.Round(quarters * 480)), (byte)pitch, 80);

    private static MusicXmlReading Read(Score score) => new(MusicXml.Write(score));

    private static Score TwoHands(IEnumerable<Note> right, IEnumerable<Note> left) => new()
    {
        Tracks = [new Track { Notes = [.. right.Order()] }, new Track { Notes = [.. left.Order()] }],
    };

    [Fact]
    public void Every_note_of_a_written_score_stands_once_where_it_was()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            Meter[] meters = [Meter.Default, new(Tick.Zero, 3, 4), new(Tick.Zero, 6, 8), new(Tick.Zero, 2, 2), new(Tick.Zero, 5, 8), new(Tick.Zero, 12, 16), new(Tick.Zero, 9, 8)];
            var score = Score.Piano(Written(random)) with { Meters = [meters[seed % meters.Length]] };
            var expected = score.Tracks[0].Notes.Select(note => (note.Onset.Value / 480.0, (int)note.Pitch)).Distinct().Order();
            Assert.Equal(expected, Read(score).Onsets, (a, b) => a.Item2 == b.Item2 && Math.Abs(a.Item1 - b.Item1) < 1e-9);
        }

        // Sixteenths and, in some beats, triplets; no key struck while it sounds.
        static IEnumerable<Note> Written(Random random)
        {
            var free = new double[128];
            for (int beat = 0; beat < 40; beat++)
            {
                int parts = random.Next(4) == 0 ? 3 : 4;
                for (int part = 0; part < parts; part++)
                {
                    for (int i = random.Next(4); i > 1; i--)
                    {
                        double onset = beat + (double)part / parts, length = random.Next(1, 9) / (double)parts;
                        int pitch = random.Next(30, 96);
                        if (free[pitch] > onset) continue;
                        free[pitch] = onset + length;
                        yield return Note(onset, length, pitch);
                    }
                }
            }
        }
    }

    [Fact]
    public void Any_score_gives_bars_that_add_up_and_keeps_all_its_strokes()
    {
        for (int seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            int ticksPerQuarter = random.Next(1, 1000), span = ticksPerQuarter * 60;
            var notes = Enumerable.Range(0, 200).Select(_ => new Note(new(random.Next(span)), new(random.Next(1, 3 * ticksPerQuarter + 1)), (byte)random.Next(128), 64));
            var score = Score.Piano(notes, ticksPerQuarter) with
            {
                Meters = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => new Meter(new(i * random.Next(1, span / 4 + 2)), random.Next(1, 13), 1 << random.Next(7)))
                    .DistinctBy(meter => meter.Onset).OrderBy(meter => meter.Onset)],
                KeySignatures = [new(new(random.Next(span)), random.Next(-7, 8), random.Next(2) == 0)],
            };
            var reading = Read(score);
            Assert.InRange(reading.Notes.Count, 0.9 * 200, 200);
            foreach (var note in reading.Notes)
                Assert.Contains(score.Tracks[0].Notes, played => played.Pitch == note.Pitch && Math.Abs((double)played.Onset.Value / ticksPerQuarter - note.Onset) < 0.51);
        }
    }

    [Fact]
    public void Real_pieces_are_whole()
    {
        string folder = SharedData.Require("free-piano/mutopia-keyboard");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.mid", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 25 == 0)];
        Assert.NotEmpty(files);
        int written = 0, lost = 0;
        foreach (string file in files)
        {
            var score = MidiFile.Read(file).Score;
            var reading = Read(score);
            int strokes = score.Tracks.Where(track => !track.IsDrums).SelectMany(track => track.Notes).Select(note => (note.Onset, note.Pitch)).Distinct().Count();
            written += strokes;
            lost += Math.Max(0, strokes - reading.Notes.Select(note => (note.Onset, note.Pitch)).Distinct().Count());
        }
        Assert.InRange(lost, 0, written / 2000);
    }

    [Fact]
    public void A_played_piece_is_written_as_it_was_meant()
    {
        var random = new Random(5);
        int[] scale = [60, 62, 64, 65, 67, 69, 71, 72];
        double[] meant = [.. Enumerable.Range(0, 64).Select(i => i * 0.25)];
        var played = meant.Select((onset, i) => Note(Math.Max(0, onset + 0.03 * (random.NextDouble() + random.NextDouble() - 1)), 0.2 + 0.05 * random.NextDouble(), scale[i % 8]));
        var reading = Read(Score.Piano(played));
        Assert.Equal(meant, reading.Notes.Select(note => note.Onset).Order());
        Assert.All(reading.Notes, note => Assert.Equal(0.25, note.End - note.Onset));
        Assert.DoesNotContain(reading.Root.Descendants("note"), note => note.Element("time-modification") is not null);
    }

    [Theory]
    [InlineData(3, 3, 2)]
    [InlineData(5, 5, 4)]
    [InlineData(6, 6, 4)]
    [InlineData(7, 7, 4)]
    public void Tuplets_of_a_beat(int parts, int actual, int normal)
    {
        var score = TwoHands(Enumerable.Range(0, 4 * parts).Select(i => Note((double)i / parts, 1.0 / parts, 72 + i % parts)), [Note(0, 4, 48)]);
        var notes = Read(score).Notes.Where(note => note.Staff == 1).ToList();
        Assert.Equal(4 * parts, notes.Count);
        foreach (var note in notes)
        {
            var modification = note.Element.Element("time-modification")!;
            Assert.Equal((actual, normal), (Number(modification.Element("actual-notes")!), Number(modification.Element("normal-notes")!)));
        }
        Assert.Equal(4, notes.Sum(note => note.Element.Descendants("tuplet").Count(tuplet => tuplet.Attribute("type")!.Value == "start")));
    }

    [Fact]
    public void Three_notes_in_two_beats_are_quarter_triplets()
    {
        var score = TwoHands([.. Enumerable.Range(0, 3).Select(i => Note(i * 2 / 3.0, 2 / 3.0, 72)), Note(2, 2, 74)], [Note(0, 4, 48)]);
        var triplet = Read(score).Notes.Where(note => note.Pitch == 72).ToList();
        Assert.Equal(3, triplet.Count);
        Assert.All(triplet, note => Assert.Equal("quarter", note.Element.Element("type")!.Value));
    }

    [Fact]
    public void A_triplet_against_straight_notes_leaves_them_straight()
    {
        var score = TwoHands(Enumerable.Range(0, 3).Select(i => Note(i / 3.0, 1 / 3.0, 72 + i)), [Note(0, 0.5, 48), Note(0.5, 0.5, 50)]);
        Assert.All(Read(score).Notes, note => Assert.Equal(note.Staff == 1, note.Element.Element("time-modification") is not null));
    }

    [Theory]
    [InlineData(0, 4, "whole")]
    [InlineData(0, 3, "half.")]
    [InlineData(0.5, 1, "quarter")]
    [InlineData(1, 2, "half")]
    [InlineData(1.5, 1, "eighth eighth")]
    [InlineData(0.25, 1, "eighth. 16th")]
    [InlineData(0, 2.5, "half eighth")]
    [InlineData(3, 4, "quarter half.")]
    public void Long_notes_are_parted_where_the_beat_must_show(double onset, double length, string expected)
    {
        var root = Read(TwoHands([Note(onset, length, 72)], [Note(0, 8, 48)])).Root;
        var written = root.Descendants("note").Where(note => note.Element("pitch") is not null && Number(note.Element("staff")!) == 1)
            .Select(note => note.Element("type")!.Value + (note.Element("dot") is null ? "" : "."));
        Assert.Equal(expected, string.Join(' ', written));
    }

    [Fact]
    public void Eighths_are_beamed_by_half_bars_and_sixteenths_by_beats()
    {
        var notes = Enumerable.Range(0, 4).Select(i => Note(i * 0.5, 0.5, 72)).Concat(Enumerable.Range(0, 8).Select(i => Note(2 + i * 0.25, 0.25, 72)));
        var beams = Read(TwoHands(notes, [Note(0, 4, 48)])).Root.Descendants("note").Where(note => note.Element("beam") is not null)
            .Select(note => string.Concat(note.Elements("beam").Select(beam => beam.Value[0])));
        Assert.Equal(["b", "c", "c", "e", "bb", "cc", "cc", "ee", "bb", "cc", "cc", "ee"], beams);
    }

    [Fact]
    public void Dotted_rhythm_has_a_hook() => Assert.Equal(["begin", "end", "backward hook"],
        Read(TwoHands([Note(0, 0.75, 72), Note(0.75, 0.25, 74), Note(1, 3, 76)], [Note(0, 4, 48)])).Root.Descendants("beam").Select(beam => beam.Value));

    [Fact]
    public void Bars_follow_pick_up_and_changing_meters()
    {
        var score = Score.Piano(Enumerable.Range(0, 15).Select(i => Note(i, 1, 60 + i % 12))) with
        {
            Meters = [new(Tick.Zero, 1, 4), new(new(480), 3, 4), new(new(480 * 7), 4, 4)],
        };
        var reading = Read(score);
        Assert.Equal([1, 3, 3, 4, 4], reading.Bars);
        Assert.Equal(["0", "1", "2", "3", "4"], reading.Root.Descendants("measure").Select(bar => bar.Attribute("number")!.Value));
        Assert.Equal(["1/4", "3/4", "4/4"], reading.Root.Descendants("time").Select(time => $"{time.Element("beats")!.Value}/{time.Element("beat-type")!.Value}"));
    }

    [Fact]
    public void Key_of_the_score_stands_where_it_changes()
    {
        var score = Score.Piano([Note(0, 8, 60)]) with { KeySignatures = [new(Tick.Zero, 2, false), new(new(1920), -3, true)] };
        Assert.Equal([("2", "major"), ("-3", "minor")], Read(score).Root.Descendants("key").Select(key => (key.Element("fifths")!.Value, key.Element("mode")!.Value)));
    }

    [Fact]
    public void Key_is_found_where_none_is_given()
    {
        int[] eFlatMajor = [63, 65, 67, 68, 70, 72, 74, 75, 70, 67, 63];
        var key = Read(Score.Piano(eFlatMajor.Select((pitch, i) => Note(i, 1, pitch)))).Root.Descendants("key").Single();
        Assert.Equal(("-3", "major"), (key.Element("fifths")!.Value, key.Element("mode")!.Value));
    }

    [Theory]
    [InlineData(61, 2, false, 0, "C#4")]
    [InlineData(68, 0, true, 0, "G#4")]
    [InlineData(70, -1, false, 0, "Bb4")]
    [InlineData(63, 0, false, 1, "D#4")]
    [InlineData(63, 0, false, -1, "Eb4")]
    [InlineData(66, 0, false, -1, "Gb4")]
    [InlineData(67, 5, true, 0, "F##4")]
    [InlineData(67, 4, true, 0, "G4")]
    [InlineData(60, 7, false, 0, "B#3")]
    [InlineData(71, -7, false, 0, "Cb5")]
    [InlineData(0, 0, false, 0, "C-1")]
    public void Pitches_are_named_by_key_and_by_where_they_go(int pitch, int sharps, bool isMinor, int goesTo, string expected)
    {
        var name = MusicXmlSpelling.Of(pitch, sharps, isMinor, goesTo);
        Assert.Equal(expected, $"{name.Step}{(name.Alter < 0 ? new string('b', -name.Alter) : new string('#', name.Alter))}{name.Octave}");
    }

    [Fact]
    public void Every_name_sounds_its_pitch()
    {
        for (int pitch = 0; pitch < 128; pitch++)
        {
            for (int sharps = -7; sharps <= 7; sharps++)
            {
                foreach (int goesTo in (int[])[-1, 0, 1])
                {
                    var name = MusicXmlSpelling.Of(pitch, sharps, pitch % 2 == 0, goesTo);
                    Assert.Equal(pitch, "C D EF G A B".IndexOf(name.Step, StringComparison.Ordinal) + name.Alter + 12 * (name.Octave + 1));
                    Assert.InRange(name.Alter, -2, 2);
                }
            }
        }
    }

    [Fact]
    public void Accidentals_hold_to_the_bar_line()
    {
        // G major: F sharp needs no sign; F natural needs one, once in a bar, and F sharp after it takes it back.
        int[] pitches = [78, 77, 77, 74, 78, 77, 74, 78];
        var score = TwoHands(pitches.Select((pitch, i) => Note(i, 1, pitch)), [Note(0, 8, 43)]) with { KeySignatures = [new(Tick.Zero, 1, false)] };
        var signs = Read(score).Notes.Where(note => note.Staff == 1).OrderBy(note => note.Onset).Select(note => note.Element.Element("accidental")?.Value ?? "-");
        Assert.Equal(["-", "natural", "-", "-", "-", "natural", "-", "sharp"], signs);
    }

    [Fact]
    public void One_part_is_divided_between_the_hands()
    {
        // A broken bass below, a melody above, that comes down to middle C.
        var notes = Enumerable.Range(0, 32).Select(i => Note(i * 0.5, 0.5, 36 + 7 * (i % 3))).Concat(Enumerable.Range(0, 16).Select(i => Note(i, 1, 72 - i % 13)));
        var reading = Read(Score.Piano(notes));
        Assert.All(reading.Notes, note => Assert.Equal(note.Pitch >= 60 ? 1 : 2, note.Staff));
    }

    [Fact]
    public void Split_follows_the_hands_up_the_keyboard()
    {
        // Both hands play in the treble: chords around G4 and a melody two octaves above.
        var notes = Enumerable.Range(0, 16).SelectMany(i => (Note[])[Note(i, 1, 62), Note(i, 1, 67), Note(i, 1, 71), Note(i, 1, 86 + i % 5)]);
        Assert.All(Read(Score.Piano(notes)).Notes, note => Assert.Equal(note.Pitch > 80 ? 1 : 2, note.Staff));
    }

    [Fact]
    public void Two_piano_parts_are_two_staves_whatever_their_order()
    {
        var reading = Read(TwoHands([Note(0, 4, 40)], [Note(0, 4, 50)]));
        Assert.Equal([(50, 1), (40, 2)], reading.Notes.Select(note => (note.Pitch, note.Staff)).OrderBy(note => note.Staff));
    }

    [Fact]
    public void A_hand_that_stays_high_changes_its_clef_and_one_high_note_does_not()
    {
        var right = Enumerable.Range(0, 32).Select(i => Note(i, 1, 84));
        var left = Enumerable.Range(0, 32).Select(i => Note(i, 1, i is >= 8 and < 24 ? 74 : i == 2 ? 64 : 48));
        var clefs = Read(TwoHands(right, left)).Root.Descendants("clef")
            .Select(clef => $"{clef.Ancestors("measure").Single().Attribute("number")!.Value}:{clef.Attribute("number")!.Value}{clef.Element("sign")!.Value}");
        Assert.Equal(["1:1G", "1:2F", "3:2G", "7:2F"], clefs);
    }

    [Fact]
    public void A_held_note_under_a_melody_makes_two_voices()
    {
        var score = TwoHands([Note(0, 4, 60), .. Enumerable.Range(0, 4).Select(i => Note(i, 1, 72 + i))], [Note(0, 4, 48)]);
        var right = Read(score).Notes.Where(note => note.Staff == 1).ToList();
        Assert.All(right, note => Assert.Equal(note.Pitch == 60 ? 2 : 1, note.Voice));
        Assert.Equal(4, right.Single(note => note.Pitch == 60).End);
        Assert.All(right, note => Assert.Equal(note.Pitch == 60 ? "down" : "up", note.Element.Element("stem")!.Value));
    }

    [Fact]
    public void Notes_that_lap_over_a_little_stay_in_one_voice()
    {
        var score = TwoHands(Enumerable.Range(0, 8).Select(i => Note(i, 1.1, 72 + i)), [Note(0, 8, 48)]);
        Assert.All(Read(score).Notes.Where(note => note.Staff == 1), note => Assert.Equal((1, 1.0), (note.Voice, note.End - note.Onset)));
    }

    [Fact]
    public void Tempo_is_marked_where_it_changes_and_not_for_rubato()
    {
        var score = Score.Piano([Note(0, 32, 60)]) with
        {
            Tempos = [.. Enumerable.Range(0, 16).Select(i => Tempo.FromQuartersPerMinute(new(i * 960), i < 8 ? 100 + i % 3 : 60))],
        };
        Assert.Equal(["100", "60"], Read(score).Root.Descendants("per-minute").Select(mark => mark.Value[..^1] + "0"));
    }

    [Fact]
    public void Compound_meters_count_dotted_beats()
    {
        var score = Score.Piano([Note(0, 3, 60)]) with { Meters = [new(Tick.Zero, 6, 8)], Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, 90)] };
        var mark = Read(score).Root.Descendants("metronome").Single();
        Assert.NotNull(mark.Element("beat-unit-dot"));
        Assert.Equal("60", mark.Element("per-minute")!.Value);
    }

    [Fact]
    public void Pedal_is_marked_when_asked()
    {
        var score = Score.Piano([Note(0, 4, 60)]);
        score = score with { Tracks = [score.Tracks[0] with { Pedals = [new(new(480), new(960))] }] };
        Assert.DoesNotContain("<pedal", MusicXml.Write(score), StringComparison.Ordinal);
        var marks = new MusicXmlReading(MusicXml.Write(score, new MusicXmlOptions { ShowPedal = true })).Root.Descendants("pedal");
        Assert.Equal(["start", "stop"], marks.Select(mark => mark.Attribute("type")!.Value));
    }

    [Fact]
    public void Title_may_hold_anything()
    {
        string text = MusicXml.Write(Score.Piano([Note(0, 1, 60)]), new MusicXmlOptions { Title = "A <b> & \u0001 é", Composer = "Etude" });
        Assert.Equal("A <b> &  é", new MusicXmlReading(text).Root.Descendants("work-title").Single().Value);
    }

    [Fact]
    public void An_empty_score_is_one_bar_of_rest()
    {
        var reading = Read(new Score());
        Assert.Empty(reading.Notes);
        Assert.Equal([4], reading.Bars);
    }

    [Fact]
    public void Drums_are_left_out() =>
        Assert.Empty(Read(new Score { Tracks = [new Track { IsDrums = true, Notes = [Note(0, 1, 40)] }] }).Notes);

    [Fact]
    public void Too_many_bars_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => MusicXml.Write(Score.Piano([Note(0, 1, 60), Note(100_000, 1, 60)])));
        Assert.Contains("20000 bars", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MuseScore_reads_back_the_same_notes()
    {
        string folder = Directory.CreateTempSubdirectory("etude-notation-").FullName;
        try
        {
            var right = Enumerable.Range(0, 12).Select(i => Note(i / 3.0, 1 / 3.0, 72 + i % 5)).Append(Note(4, 1.5, 76)).Append(Note(5.5, 2.5, 77)).Append(Note(4, 4, 62));
            var score = TwoHands(right, Enumerable.Range(0, 8).Select(i => Note(i, 1, 40 + i))) with { Meters = [new(Tick.Zero, 3, 4)] };
            string paper = Path.Combine(folder, "piece.musicxml"), midi = Path.Combine(folder, "piece.mid");
            MusicXml.Write(score, paper);
            if (!MuseScore(paper, midi)) Assert.Skip("MuseScore 3 (mscore3) is not installed.");
            var back = MidiFile.Read(midi).Score;
            var expected = score.NotesInOrder().Select(note => ((int)Math.Round(note.Onset.Value / 10.0), note.Pitch)).Order();
            Assert.Equal(expected, back.NotesInOrder().Select(note => ((int)Math.Round(note.Onset.Value * 48.0 / back.TicksPerQuarter), note.Pitch)).Order());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool MuseScore(string from, string to)
    {
        try
        {
            var start = new ProcessStartInfo("mscore3", ["-o", to, from]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["QT_QPA_PLATFORM"] = "offscreen";
            using var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            Assert.True(process.WaitForExit(60_000), "mscore3 hangs");
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
