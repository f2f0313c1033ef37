using Etude.Music.Midi;

namespace Etude.Music.Tests.Midi;

/// <summary>Odd and real files, where the shared data is at hand.</summary>
public sealed class MidiCorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_odd_file_gives_a_score_or_says_why_not()
    {
        var refused = new List<string>();
        foreach (string path in Directory.EnumerateFiles(SharedData.Require("odd-midi/midi")).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            try
            {
                MidiReading reading = MidiFile.Read(path);
                output.WriteLine($"{name}: {reading.Score.NoteCount} notes; {string.Join(" | ", reading.Repairs)}");
                if (name.Contains("illegal-message", StringComparison.Ordinal))
                {
                    Assert.Equal(MidiFault.IllegalStatus, Assert.Single(reading.Repairs).Fault);
                    Assert.Equal(8, reading.Score.NoteCount);
                }
            }
            catch (MidiFormatException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
                refused.Add(name);
            }
        }
        Assert.Equal(["test-empty-file.mid", "test-not-a-midi-file.mid"], refused);
    }

    [Fact]
    public void Every_piano_file_is_read_with_only_its_unended_and_empty_notes_to_mend()
    {
        var files = Directory.GetFiles(SharedData.Require("free-piano"), "*.mid", SearchOption.AllDirectories);
        var readings = files.AsParallel().Select(path => MidiFile.Read(path)).ToList();
        var faults = readings.SelectMany(reading => reading.Repairs).Select(repair => repair.Fault).Distinct();
        Assert.DoesNotContain(faults, fault => fault is not (MidiFault.NoteNeverEnded or MidiFault.NoteWithoutLength));
        Assert.All(readings, reading => Assert.NotEqual(0, reading.Score.NoteCount));
    }
}
