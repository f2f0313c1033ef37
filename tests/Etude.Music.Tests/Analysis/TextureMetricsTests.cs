using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class TextureMetricsTests
{
    // Ticks 0-3: C E G; 4-7: C; 8-11: silence; 12-15: C and c.
    private static readonly Score Mixed =
        Of(N(0, 8, 60), N(0, 4, 64), N(0, 4, 67), N(12, 4, 60), N(12, 4, 72));

    [Fact]
    public void Polyphony_is_the_mean_over_sounding_time()
    {
        Assert.Equal((3 + 1 + 2) / 3.0, TextureMetrics.Polyphony(Mixed), 12);
        Assert.Equal(double.NaN, TextureMetrics.Polyphony(Empty));
    }

    [Fact]
    public void Polyphony_rate_counts_more_than_the_threshold()
    {
        Assert.Equal(0.25, TextureMetrics.PolyphonyRate(Mixed), 12);
        Assert.Equal(0.5, TextureMetrics.PolyphonyRate(Mixed, threshold: 1), 12);
        Assert.Equal(0.25, TextureMetrics.SilenceRate(Mixed), 12);
    }

    [Fact]
    public void A_pitch_held_in_two_parts_is_one_pitch()
    {
        var unison = Mixed with { Tracks = [.. Mixed.Tracks, new Track { Notes = [N(2, 6, 60)] }] };
        Assert.Equal(TextureMetrics.Polyphony(Mixed), TextureMetrics.Polyphony(unison), 12);
    }

    [Fact]
    public void Empty_beats_differ_at_the_edge_from_MusPy()
    {
        // Beat 2 of 4 is empty. MusPy lets the end at tick 8 fill it, and counts a fifth beat that tick 16 fills.
        Assert.Equal(0.25, TextureMetrics.EmptyBeatRate(Mixed), 12);
        Assert.Equal(0, TextureMetrics.EmptyBeatRate(Mixed, asMusPy: true), 12);
        Assert.Equal(double.NaN, TextureMetrics.EmptyBeatRate(Empty));
    }

    [Fact]
    public void Empty_measures_take_the_first_meter()
    {
        var score = Of(N(0, 4, 60), N(33, 2, 60)); // bars 0 and 2 of three
        Assert.Equal(1 / 3.0, TextureMetrics.EmptyMeasureRate(score), 12);
        // MusPy: bars 0 to 35 / 16 = 2, the same three.
        Assert.Equal(1 / 3.0, TextureMetrics.EmptyMeasureRate(score, asMusPy: true), 12);
        Assert.Equal(2 / 5.0, TextureMetrics.EmptyMeasureRate(Of(N(0, 4, 60), N(33, 2, 60), N(29, 1, 60)), new Tick(8)), 12);
    }

    [Fact]
    public void Density_is_notes_by_quarters() => Assert.Equal(5 / 4.0, TextureMetrics.NotesPerQuarter(Mixed), 12);
}
