using Etude.Evaluation.Originality;
using Etude.Music.Midi;
using Etude.Music.Scores;
using Etude.Music.Tests;

namespace Etude.Tests.Evaluation.Originality;

/// <summary>Real music: a part of free-piano's training files as the corpus, held-out files and changed copies as pieces.</summary>
public sealed class FreePianoTests
{
    [Fact]
    public void Held_out_pieces_are_no_copies_and_changed_copies_are_found()
    {
        string root = SharedData.Require("free-piano");
        string[] train = [.. File.ReadAllLines(Path.Combine(root, "train.txt")).Where((_, i) => i % 8 == 0)];
        string[] valid = [.. File.ReadAllLines(Path.Combine(root, "valid.txt")).Where((_, i) => i % 6 == 0)];
        Score Read(string name) => MidiFile.Read(Path.Combine(root, name)).Score;
        var index = CorpusIndex.Build(train.Select(name => (name, Read(name))));

        foreach (string name in valid)
        {
            OriginalityReport report = OriginalityReport.Of(Read(name), index);
            Assert.False(report.IsCopy, $"{name}: {report.Resemblance}");
        }

        var random = new Random(1);
        foreach (string name in train.Where((_, i) => i % 20 == 0))
        {
            // From bar 5 on, a third higher, a tenth of the notes on other keys.
            Score source = Read(name);
            double bar = source.Meters[0].BarQuarters.Value * source.TicksPerQuarter;
            var notes = source.NotesInOrder().Where(note => note.Onset.Value >= 4 * bar && note.Pitch < 120).Select(note => note with
            {
                Onset = note.Onset - new Tick((int)(4 * bar)),
                Pitch = (byte)(random.Next(10) == 0 ? random.Next(30, 100) : note.Pitch + 4),
            }).ToList();
            if (notes.Count < 100 || source.Meters.Length > 1) continue;
            OriginalityReport report = OriginalityReport.Of(Score.Piano(notes, source.TicksPerQuarter) with { Meters = source.Meters }, index);
            Assert.True(report.IsCopy, $"{name}: {report.Resemblance}");
            Assert.Equal((name, 4), (report.Resemblance!.Source, report.Resemblance.Transposition));
            Assert.Equal(report.Resemblance.FirstBar + 4, report.Resemblance.SourceFirstBar);
        }
    }
}
