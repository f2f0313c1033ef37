using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class DrumMetricsTests
{
    private static Score Drums(int ticksPerQuarter, params int[] onsets) => new()
    {
        TicksPerQuarter = ticksPerQuarter,
        Tracks = [new Track { IsDrums = true, Notes = [.. onsets.Select(onset => N(onset, 1, 36))] }],
    };

    [Fact]
    public void Patterns_are_sixteenths_and_triplets()
    {
        Score drums = Drums(12, 0, 3, 4, 6, 8, 13);
        Assert.Equal(3 / 6.0, DrumMetrics.DrumInPatternRate(drums, triple: false), 12); // 0 3 6
        Assert.Equal(3 / 6.0, DrumMetrics.DrumInPatternRate(drums, triple: true), 12); // 0 4 8
        Assert.Equal(4 / 6.0, DrumMetrics.DrumPatternConsistency(Drums(12, 0, 3, 6, 9, 4, 13)), 12);
    }

    [Fact]
    public void A_resolution_that_does_not_divide_leaves_coarser_places()
    {
        Assert.Equal(0.5, DrumMetrics.DrumInPatternRate(Drums(6, 0, 3, 1, 2), triple: false), 12); // eighths
        Assert.Equal(0.25, DrumMetrics.DrumInPatternRate(Drums(5, 0, 1, 2, 3), triple: true), 12); // the beat
    }

    [Fact]
    public void No_drums_no_number() => Assert.Equal(double.NaN, DrumMetrics.DrumPatternConsistency(Scale));
}
