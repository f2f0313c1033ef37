using Etude.Music.Scores;
using Etude.Music.Tests.Midi;

namespace Etude.Music.Tests.Scores;

public sealed class ScoreRescaleTests
{
    private static readonly Score Piece = new()
    {
        TicksPerQuarter = 480,
        Tracks =
        [
            new()
            {
                Notes = [new(new(0), new(160), 60, 9), new(new(160), new(160), 60, 9), new(new(481), new(1), 60, 9)],
                Pedals = [new(new(0), new(20)), new(new(20), new(5)), new(new(480), new(480))],
            },
        ],
        Tempos = [Tempo.Default, new(new(478), 1), new(new(482), 2)],
    };

    [Fact]
    public void A_multiple_is_exact_and_comes_back() =>
        Assert.Equal(Piece, Piece.Rescale(960).Rescale(480));

    [Fact]
    public void Coarser_ticks_keep_neighbours_together_and_every_note_alive()
    {
        Score coarse = Piece.Rescale(12);
        Assert.Equal([new(new(0), new(4), 60, 9), new(new(4), new(4), 60, 9), new Note(new(12), new(1), 60, 9)], coarse.Tracks[0].Notes);
        Assert.Equal([Tempo.Default, new(new(12), 2)], coarse.Tempos);
        Assert.Equal([new(new(0), new(1)), new Pedal(new(1), new(1)), new(new(12), new(12))], coarse.Tracks[0].Pedals);
        Assert.Null(coarse.FirstFault());
    }

    [Fact]
    public void Random_scores_stay_valid()
    {
        var random = new Random(4);
        for (int i = 0; i < 200; i++)
        {
            Score score = RandomScores.Next(random, maximumTracks: 5);
            Score rescaled = score.Rescale(random.Next(1, 200));
            Assert.Null(rescaled.FirstFault());
            Assert.Equal(score.NoteCount, rescaled.NoteCount);
        }
    }

    [Fact]
    public void Too_fine_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            (Piece with { TicksPerQuarter = 1, Tempos = [Tempo.Default, new(new(100_000_000), 2)] }).Rescale(1000));
}
