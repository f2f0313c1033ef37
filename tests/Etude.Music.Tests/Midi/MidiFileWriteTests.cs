using System.Diagnostics;
using System.Globalization;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Midi;

public sealed class MidiFileWriteTests
{
    [Fact]
    public void Reading_what_was_written_gives_the_same_score()
    {
        var random = new Random(1);
        for (int i = 0; i < 150; i++)
        {
            Score score = RandomScores.Next(random);
            Assert.Null(score.FirstFault());
            MidiReading reading = MidiFile.Read(MidiFile.ToBytes(score), new() { Strict = true, MaximumQuarters = int.MaxValue });
            Assert.Equal(score, reading.Score);
        }
    }

    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        var score = new Score
        {
            TicksPerQuarter = 96,
            Texts = ["x"],
            KeySignatures = [new(new(0), -1, true)],
            Tracks = [new() { Name = "P", Notes = [new(new(0), new(96), 60, 64), new(new(96), new(200), 60, 65)], Pedals = [new(new(0), new(96))] }],
        };
        byte[] expected = MidiText.File(1, 96,
            MidiText.Track("00 FF 01 01 78  00 FF 58 04 04 02 18 08  00 FF 59 02 FF 01  00 FF 51 03 07 A1 20"),
            MidiText.Track("00 FF 03 01 50  00 C0 00  00 B0 40 7F  00 90 3C 40  60 3C 00  00 B0 40 00  00 90 3C 41  81 48 3C 00"));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(MidiFile.ToBytes(score)));
    }

    [Fact]
    public void Parts_of_other_programs_never_share_a_channel_of_a_port()
    {
        var tracks = Enumerable.Range(0, 40).Select(i => new Track { Program = i, Notes = [new(new(i), new(1), 60, 64)], Pedals = [new(new(i), new(1))] });
        var score = new Score { Tracks = [.. tracks, .. tracks.Select(track => track with { IsDrums = true })] };
        Assert.Equal(score, MidiFile.Read(MidiFile.ToBytes(score)).Score);
    }

    [Fact]
    public void A_score_that_breaks_a_rule_is_refused_by_its_name()
    {
        var score = new Score { Tracks = [new() { Notes = [new(new(5), new(0), 60, 64)] }] };
        var error = Assert.Throws<ArgumentException>(() => MidiFile.ToBytes(score));
        Assert.Contains("track 1: a note that is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_appears_whole_and_replaces_the_one_before()
    {
        string folder = Directory.CreateTempSubdirectory("etude").FullName;
        try
        {
            string path = Path.Combine(folder, "a.mid");
            MidiFile.Write(new Score(), path);
            Score score = RandomScores.Next(new Random(2));
            MidiFile.Write(score, path);
            Assert.Equal(score, MidiFile.Read(path).Score);
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<DirectoryNotFoundException>(() => MidiFile.Write(score, Path.Combine(folder, "none", "a.mid")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Mido_reads_what_is_written()
    {
        const string Program = """
            import mido, sys
            file = mido.MidiFile(sys.argv[1])
            on = sum(e.type == 'note_on' and e.velocity > 0 for t in file.tracks for e in t)
            print(file.ticks_per_beat, on, len(file.tracks), f'{file.length:.6f}')
            """;
        Score score = RandomScores.Next(new Random(3), maximumTracks: 12) with { Tempos = [Tempo.Default] };
        string path = Path.Combine(Path.GetTempPath(), $"etude-{Guid.NewGuid():N}.mid");
        try
        {
            MidiFile.Write(score, path);
            string[] said = RunPython(Program, path).Split(' ');
            Assert.Equal([$"{score.TicksPerQuarter}", $"{score.NoteCount}", $"{score.Tracks.Length + 1}"], said[..3]);
            int lastTick = Math.Max(score.End.Value, Math.Max(score.Meters[^1].Onset.Value,
                score.KeySignatures.IsEmpty ? 0 : score.KeySignatures[^1].Onset.Value));
            Assert.Equal(lastTick * 0.5 / score.TicksPerQuarter, double.Parse(said[3], CultureInfo.InvariantCulture), 3);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Debian's Python, where python3-mido goes; another on the PATH may lack it.
    private static string RunPython(string program, string argument)
    {
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", program, argument])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string output = process.StandardOutput.ReadToEnd();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (error.Contains("No module named 'mido'", StringComparison.Ordinal)) Assert.Skip("Python has no mido.");
            Assert.True(process.ExitCode == 0, error);
            return output.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("No Python.");
            throw;
        }
    }
}
