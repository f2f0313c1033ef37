using Etude.Music.Scores;
using Etude.Music.Tests.Midi;

namespace Etude.Music.Tests.Scores;

public sealed class ScoreQuantizeTests
{
    private static (int Onset, int Duration) Quantized(int onset, int duration, params int[] grids)
    {
        Note note = Score.Piano([new(new(onset), new(duration), 60, 64)], ticksPerQuarter: 480).Quantize(grids).Tracks[0].Notes[0];
        return (note.Onset.Value, note.Duration.Value);
    }

    [Theory]
    [InlineData(7, 110, 0, 120)]
    [InlineData(130, 100, 120, 120)]
    [InlineData(59, 120, 0, 120)]
    [InlineData(60, 120, 120, 120)] // halfway: the later
    [InlineData(470, 3, 480, 120)] // never less than a step
    public void Sixteenths(int onset, int duration, int quantizedOnset, int quantizedDuration) =>
        Assert.Equal((quantizedOnset, quantizedDuration), Quantized(onset, duration, 4));

    [Theory]
    [InlineData(118, 125, 120, 120)] // a sixteenth stays a sixteenth
    [InlineData(165, 150, 160, 160)] // a triplet eighth stays one
    [InlineData(322, 155, 320, 160)]
    [InlineData(85, 1, 80, 80)] // on the sixth only: one of its steps
    [InlineData(119, 1, 120, 120)] // on the fourth only
    [InlineData(241, 1, 240, 80)] // on both: the shorter
    [InlineData(100, 200, 120, 200)] // between 80 and 120: the later
    public void Sixteenths_and_triplets_together(int onset, int duration, int quantizedOnset, int quantizedDuration) =>
        Assert.Equal((quantizedOnset, quantizedDuration), Quantized(onset, duration, 4, 6));

    [Fact]
    public void A_grid_that_ticks_do_not_divide_takes_the_nearest_ticks()
    {
        Score score = Score.Piano([new(new(3), new(4), 60, 64), new(new(6), new(4), 60, 64)], ticksPerQuarter: 10).Quantize(3);
        Assert.Equal([new(new(3), new(4), 60, 64), new Note(new(7), new(3), 60, 64)], score.Tracks[0].Notes);
    }

    [Fact]
    public void Twice_is_once_and_no_note_is_lost()
    {
        var random = new Random(6);
        for (int i = 0; i < 100; i++)
        {
            Score score = RandomScores.Next(random, maximumTracks: 4);
            Score once = score.Quantize(4, 6);
            Assert.Null(once.FirstFault());
            Assert.Equal(score.NoteCount, once.NoteCount);
            Assert.Equal(once, once.Quantize(4, 6));
        }
    }

    [Fact]
    public void No_grid_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Score().Quantize());
        Assert.Throws<ArgumentException>(() => new Score().Quantize(4, 0));
    }
}
