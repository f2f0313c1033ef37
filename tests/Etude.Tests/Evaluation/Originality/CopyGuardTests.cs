using Etude.Evaluation.Originality;
using Etude.Music.Scores;
using static Etude.Tests.Evaluation.Originality.RandomPieces;

namespace Etude.Tests.Evaluation.Originality;

public sealed class CopyGuardTests
{
    private static readonly Score[] Corpus = [.. Enumerable.Range(0, 20).Select(seed => Piece(seed))];
    private static readonly CorpusRuns Runs = CorpusRuns.Build(Corpus, longestRun: 12);

    [Fact]
    public void A_copy_in_another_key_is_stopped_where_it_grows_too_long()
    {
        var guard = new CopyGuard(Runs, 480);
        Note[] notes = [.. Transposed(Corpus[5], 4).Tracks[0].Notes];
        for (int i = 0; i < 12; i++)
        {
            Assert.True(guard.Allows(notes[i]), $"note {i}");
            guard.Push(notes[i]);
        }
        Assert.False(guard.Allows(notes[12]));
        Note strange = notes[12] with { Pitch = 20 };
        Assert.True(guard.Allows(strange));
        guard.Push(strange);
        for (int i = 13; i < 24; i++)
        {
            Assert.True(guard.Allows(notes[i]), $"note {i}");
            guard.Push(notes[i]);
        }
    }

    [Fact]
    public void Notes_of_a_chord_may_come_in_any_order()
    {
        Note[] notes = [.. Corpus[5].Tracks[0].Notes];
        var guard = new CopyGuard(Runs, 480);
        bool refused = false;
        foreach (var chord in notes.Take(60).GroupBy(note => note.Onset))
        {
            foreach (Note note in chord.Reverse())
            {
                refused |= !guard.Allows(note);
                guard.Push(note);
            }
        }
        Assert.True(refused);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_sampler_that_asks_keeps_every_run_within_the_limit(int limit)
    {
        // The worst sampler: copies a piece of the corpus, and only where refused strikes another key.
        var guard = new CopyGuard(CorpusRuns.Build(Corpus, limit), 480);
        var random = new Random(3);
        var composed = new List<Note>();
        foreach (Note wish in Corpus[9].Tracks[0].Notes)
        {
            Note note = wish;
            while (!guard.Allows(note)) note = wish with { Pitch = (byte)random.Next(40, 90) };
            guard.Push(note);
            composed.Add(note);
        }
        CorpusIndex index = CorpusIndex.Build(Corpus.Select((piece, i) => ($"piece {i}", piece)));
        Assert.InRange(OriginalityReport.Of(Score.Piano(composed), index).LongestRun!.Notes, limit - 2, limit);
    }

    [Fact]
    public void New_music_is_hardly_ever_refused()
    {
        int refused = 0, all = 0;
        foreach (int seed in Enumerable.Range(1000, 20))
        {
            var guard = new CopyGuard(Runs, 480);
            foreach (Note note in Piece(seed).Tracks[0].Notes)
            {
                all++;
                if (!guard.Allows(note)) refused++;
                guard.Push(note);
            }
        }
        Assert.InRange((double)refused / all, 0, 0.015);
    }

    [Fact]
    public void Reset_begins_a_new_piece()
    {
        var guard = new CopyGuard(Runs, 480);
        Note[] notes = [.. Corpus[5].Tracks[0].Notes];
        foreach (Note note in notes.Take(12)) guard.Push(note);
        Assert.False(guard.Allows(notes[12]));
        guard.Reset();
        Assert.True(guard.Allows(notes[12]));
    }

    [Fact]
    public void Saved_runs_answer_the_same()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Runs.Save(path);
            CorpusRuns loaded = CorpusRuns.Load(path);
            Assert.Equal(12, loaded.LongestRun);
            var guard = new CopyGuard(loaded, 480);
            Note[] notes = [.. Corpus[7].Tracks[0].Notes];
            foreach (Note note in notes.Take(12)) guard.Push(note);
            Assert.False(guard.Allows(notes[12]));
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => CorpusRuns.Load(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, "something else altogether");
            Assert.Throws<InvalidDataException>(() => CorpusRuns.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
