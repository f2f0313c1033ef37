using Etude.Evaluation.Originality;
using Etude.Music.Scores;
using static Etude.Tests.Evaluation.Originality.RandomPieces;

namespace Etude.Tests.Evaluation.Originality;

public sealed class CopyGuardTests
{
    private static readonly CorpusIndex Index =
        CorpusIndex.Build(Enumerable.Range(0, 20).Select(seed => ($"piece {seed}", Piece(seed))));

    [Fact]
    public void The_run_grows_with_a_copy_and_breaks_with_a_new_note()
    {
        var guard = new CopyGuard(Index, 480);
        Note[] notes = [.. Transposed(Piece(5), 4).Tracks[0].Notes];
        for (int i = 0; i < 100; i++) Assert.Equal(i + 1, guard.Push(notes[i]));
        Note strange = notes[100] with { Pitch = 20 };
        Assert.InRange(guard.RunWith(strange), 1, 4);
        Assert.Equal(101, guard.RunWith(notes[100]));
        Assert.Equal(100, guard.Run);
        Assert.InRange(guard.Push(strange), 1, 4);
    }

    [Fact]
    public void Notes_of_a_chord_may_come_in_any_order()
    {
        Note[] notes = [.. Piece(5).Tracks[0].Notes];
        var guard = new CopyGuard(Index, 480);
        foreach (var chord in notes.Take(60).GroupBy(note => note.Onset))
        {
            foreach (Note note in chord.Reverse()) guard.Push(note);
        }
        Assert.Equal(60, guard.Run);
        Assert.Equal(60, guard.Push(notes[59]));
    }

    [Fact]
    public void A_sampler_that_asks_keeps_every_run_within_the_limit()
    {
        // The worst sampler: copies a piece of the corpus, and only where refused strikes another key.
        var guard = new CopyGuard(Index, 480, longestRun: 8);
        var random = new Random(3);
        var composed = new List<Note>();
        foreach (Note wish in Piece(9).Tracks[0].Notes)
        {
            Note note = wish;
            while (!guard.Allows(note)) note = wish with { Pitch = (byte)random.Next(40, 90) };
            guard.Push(note);
            composed.Add(note);
        }
        OriginalityReport report = OriginalityReport.Of(Score.Piano(composed), Index);
        Assert.InRange(report.LongestRun!.Notes, 6, 8);
    }

    [Fact]
    public void Reset_begins_a_new_piece()
    {
        var guard = new CopyGuard(Index, 480);
        foreach (Note note in Piece(5).Tracks[0].Notes.Take(30)) guard.Push(note);
        guard.Reset();
        Assert.Equal(0, guard.Run);
        Assert.Equal(1, guard.Push(Piece(5).Tracks[0].Notes[30]));
    }
}
