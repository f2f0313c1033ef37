using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class GrooveMetricsTests
{
    // Three bars of 4/4 at 16 places: onsets {0, 8}, {0, 8}, {0, 4, 15}; ends within the third bar.
    private static readonly Score ThreeBars = Of(
        N(0, 4, 60), N(8, 4, 60), N(16, 4, 60), N(24, 4, 60), N(32, 4, 60), N(32, 2, 64), N(36, 2, 60), N(47, 1, 60));

    [Fact]
    public void Consistency_compares_neighbours_and_MusPy_counts_a_bar_after_the_end()
    {
        // Distances: 0, then {8} {4} {15} = 3, then the empty fourth bar: 3.
        Assert.Equal(1 - (0 + 3 + 3) / (16.0 * 3), GrooveMetrics.GrooveConsistency(ThreeBars), 12);
    }

    [Fact]
    public void Similarity_compares_all_pairs_up_to_the_last_onset()
    {
        // Pairs: 0, 3, 3 of 16.
        Assert.Equal(1 - (0 + 3 + 3) / (16.0 * 3), GrooveMetrics.GroovingSimilarity(ThreeBars), 12);
        Assert.Equal(double.NaN, GrooveMetrics.GroovingSimilarity(Of(N(0, 4, 60))));
    }

    [Fact]
    public void Finer_places_raise_the_value_of_the_same_music()
    {
        Assert.Equal(1 - 6 / (64.0 * 3), GrooveMetrics.GrooveConsistency(ThreeBars, stepsPerQuarter: 16), 12);
        Assert.Equal(1 - 6 / (64.0 * 3), GrooveMetrics.GroovingSimilarity(ThreeBars, stepsPerQuarter: 16), 12);
    }

    [Fact]
    public void Bars_follow_the_first_meter()
    {
        var waltz = Of(N(0, 4, 60), N(12, 4, 60), N(24, 4, 60)) with { Meters = [new Meter(Tick.Zero, 3, 4)] };
        Assert.Equal(1, GrooveMetrics.GroovingSimilarity(waltz), 12);
    }
}
