using Etude.Music.Scores;
using Etude.Music.Tests.Midi;

namespace Etude.Music.Tests.Scores;

public sealed class ScoreSliceTests
{
    private static Note N(int onset, int duration, byte pitch) => new(new(onset), new(duration), pitch, 64);

    // A pick-up of one quarter, two bars of 3/4, then 2/4; 100 ticks to the quarter note.
    private static readonly Score Piece = new()
    {
        TicksPerQuarter = 100,
        Meters = [new(new(0), 1, 4), new(new(100), 3, 4), new(new(700), 2, 4)],
        Tempos = [new(new(0), 1), new(new(250), 2), new(new(500), 3)],
        KeySignatures = [new(new(400), 2, false)],
        Tracks =
        [
            new()
            {
                Notes = [N(0, 100, 60), N(90, 20, 61), N(100, 100, 62), N(300, 500, 64), N(399, 1, 65), N(400, 400, 66), N(700, 50, 67)],
                Pedals = [new(new(50), new(100)), new(new(350), new(100))],
            },
            new() { Notes = [N(0, 10, 40)] },
        ],
    };

    [Fact]
    public void Bar_1_begins_after_the_pick_up_and_cuts_what_goes_beyond()
    {
        Score bar = Piece.SliceBars(1, 1);
        Assert.Equal([N(0, 100, 62), N(200, 100, 64), N(299, 1, 65)], bar.Tracks[0].Notes);
        Assert.Equal([new(new(0), new(50)), new Pedal(new(250), new(50))], bar.Tracks[0].Pedals);
        Assert.Empty(bar.Tracks[1].Notes);
        Assert.Equal([new(new(0), 1), new Tempo(new(150), 2)], bar.Tempos);
        Assert.Equal([new Meter(new(0), 3, 4)], bar.Meters);
        Assert.Empty(bar.KeySignatures);
    }

    [Fact]
    public void What_is_in_force_is_carried_to_the_start()
    {
        Score bars = Piece.SliceBars(2, 3);
        Assert.Equal([new(new(0), 2), new Tempo(new(100), 3)], bars.Tempos);
        Assert.Equal([new(new(0), 3, 4), new Meter(new(300), 2, 4)], bars.Meters);
        Assert.Equal([new KeySignature(new(0), 2, false)], bars.KeySignatures);
        Assert.Equal([N(0, 400, 66), N(300, 50, 67)], bars.Tracks[0].Notes);
    }

    [Fact]
    public void The_whole_is_the_whole() => Assert.Equal(Piece, Piece.Slice(Tick.Zero, Piece.End));

    [Fact]
    public void Bars_put_together_hold_every_note()
    {
        Assert.Equal(Piece.NoteCount, Enumerable.Range(0, 5).Sum(bar => Piece.SliceBars(bar, bar).NoteCount));
    }

    [Fact]
    public void Slices_of_random_scores_are_valid()
    {
        var random = new Random(5);
        for (int i = 0; i < 200; i++)
        {
            int from = random.Next(2000);
            Assert.Null(RandomScores.Next(random, maximumTracks: 5).Slice(new(from), new(from + random.Next(1, 2000))).FirstFault());
        }
    }

    [Fact]
    public void An_empty_or_backward_slice_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Piece.Slice(new(5), new(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Piece.SliceBars(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Piece.SliceBars(-1, 1));
    }
}
