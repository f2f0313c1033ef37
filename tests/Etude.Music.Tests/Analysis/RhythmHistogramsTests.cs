using Etude.Music.Analysis;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class RhythmHistogramsTests
{
    [Fact]
    public void Durations_and_distances_are_counted_in_steps()
    {
        // 4 ticks a quarter: a chord of quarters, an eighth, then a note of five quarters, which falls into the last bin.
        var score = Of(N(0, 4, 60), N(0, 4, 64), N(4, 2, 60), N(6, 20, 60));
        var durations = RhythmHistograms.Durations(score);
        Assert.Equal((2, 1, 1, 4), (durations[12], durations[6], durations[48], durations.Sum()));
        var intervals = RhythmHistograms.InterOnsetIntervals(score);
        Assert.Equal((1, 1, 2), (intervals[12], intervals[6], intervals.Sum()));
    }
}
