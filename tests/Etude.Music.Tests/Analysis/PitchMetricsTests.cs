using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class PitchMetricsTests
{
    [Fact]
    public void Counts_of_a_scale()
    {
        Assert.Equal(7, PitchMetrics.Range(Scale));
        Assert.Equal((60 + 2 * 62 + 2 * 64 + 2 * 65 + 67) / 8.0, PitchMetrics.MeanPitch(Scale), 12);
        Assert.Equal(5, PitchMetrics.PitchesUsed(Scale));
        Assert.Equal(5, PitchMetrics.PitchClassesUsed(Scale));
        Assert.Equal(1, PitchMetrics.PitchClassesUsed(Of(N(0, 1, 60), N(1, 1, 72))));
    }

    [Fact]
    public void Entropy_of_a_scale_is_that_of_its_histogram()
    {
        // C 1, D 2, E 2, F 2, G 1 of 8: 3 x (1/4 x 2) + 2 x (1/8 x 3) bits.
        Assert.Equal(2.25, PitchMetrics.PitchEntropy(Scale), 12);
        Assert.Equal(2.25, PitchMetrics.PitchClassEntropy(Scale), 12);
        Assert.Equal(0, PitchMetrics.PitchClassEntropy(Of(N(0, 1, 60), N(1, 1, 72))), 12);
    }

    [Fact]
    public void Rate_in_scale_counts_onsets()
    {
        Assert.Equal(1, PitchMetrics.PitchInScaleRate(Scale, tonic: 0, isMinor: false));
        Assert.Equal(1, PitchMetrics.PitchInScaleRate(Scale, tonic: 9, isMinor: true));
        // C minor lacks E, which sounds twice in eight notes.
        Assert.Equal(0.75, PitchMetrics.PitchInScaleRate(Scale, tonic: 0, isMinor: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => PitchMetrics.PitchInScaleRate(Scale, 12, false));
    }

    [Fact]
    public void Scale_consistency_of_all_twelve_classes_is_seven_twelfths()
    {
        var chromatic = Of([.. Enumerable.Range(60, 12).Select(pitch => N(pitch - 60, 1, pitch))]);
        Assert.Equal(7 / 12.0, PitchMetrics.ScaleConsistency(chromatic), 12);
    }

    [Fact]
    public void Entropy_of_bars_is_a_mean_over_stretches()
    {
        // Bars of four quarters: C D E F and G F E D: 2 bits each; together 2.25.
        Assert.Equal(2, PitchMetrics.PitchClassEntropyOfBars(Scale, 1), 12);
        Assert.Equal(2.25, PitchMetrics.PitchClassEntropyOfBars(Scale, 2), 12);
        Assert.Equal(2.25, PitchMetrics.PitchClassEntropyOfBars(Scale, 4), 12);
        // An empty bar between is left out of the stretches of one bar.
        Assert.Equal(0.5, PitchMetrics.PitchClassEntropyOfBars(Of(N(0, 1, 60), N(1, 1, 61), N(32, 1, 60)), 1), 12);
        Assert.Equal(double.NaN, PitchMetrics.PitchClassEntropyOfBars(Empty, 1));
    }

    [Fact]
    public void Drums_are_ignored_and_silence_is_not_a_number()
    {
        var drums = new Track { IsDrums = true, Notes = [N(0, 1, 35), N(4, 1, 90)] };
        Assert.Equal(7, PitchMetrics.Range(Scale with { Tracks = [.. Scale.Tracks, drums] }));
        Assert.Equal(0, PitchMetrics.Range(Empty));
        Assert.Equal(double.NaN, PitchMetrics.PitchEntropy(Empty));
        Assert.Equal(double.NaN, PitchMetrics.ScaleConsistency(Empty));
    }
}
