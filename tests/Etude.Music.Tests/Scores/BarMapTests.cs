using Etude.Music.Scores;

namespace Etude.Music.Tests.Scores;

public sealed class BarMapTests
{
    private static BarMap Map(int ticksPerQuarter, params Meter[] meters) =>
        new(new Score { TicksPerQuarter = ticksPerQuarter, Meters = [.. meters] });

    private static Meter M(int onset, int numerator, int denominator) => new(new(onset), numerator, denominator);

    private static (int Number, int Onset, int Duration) Plain(Bar bar) => (bar.Number, bar.Onset.Value, bar.Duration.Value);

    [Fact]
    public void One_meter_makes_equal_bars_from_1()
    {
        BarMap bars = Map(100, M(0, 3, 4));
        Assert.False(bars.HasPickUp);
        Assert.Equal([(1, 0, 300), (2, 300, 300), (3, 600, 300)], bars.Until(new(601)).Select(Plain));
        Assert.Equal((2, 300, 300), Plain(bars.At(new(599))));
        Assert.Equal((1_000_001, 300_000_000, 300), Plain(bars[1_000_001]));
    }

    [Fact]
    public void A_meter_amid_the_piece_begins_a_bar_and_may_cut_one_short()
    {
        BarMap bars = Map(100, M(0, 4, 4), M(1000, 6, 8), M(1600, 2, 2));
        Assert.Equal([(1, 0, 400), (2, 400, 400), (3, 800, 200), (4, 1000, 300), (5, 1300, 300), (6, 1600, 400)],
            bars.Until(new(1601)).Select(Plain));
        Assert.Equal([3, 4, 5, 6, 7], new[] { 999, 1000, 1599, 1600, 2000 }.Select(tick => bars.At(new(tick)).Number));
        Assert.Equal(bars.Until(new(3000)), Enumerable.Range(1, 9).Select(number => bars[number]));
    }

    [Fact]
    public void A_pick_up_is_bar_0_whether_a_short_meter_or_a_cut_bar()
    {
        BarMap shortMeter = Map(100, M(0, 1, 4), M(100, 4, 4));
        BarMap cutBar = Map(100, M(0, 4, 4), M(100, 4, 4));
        foreach (BarMap bars in new[] { shortMeter, cutBar })
        {
            Assert.True(bars.HasPickUp);
            Assert.Equal([(0, 0, 100), (1, 100, 400)], bars.Until(new(101)).Select(Plain));
        }
        Assert.False(Map(100, M(0, 4, 4), M(400, 3, 4)).HasPickUp);
        Assert.False(Map(100, M(0, 1, 4), M(200, 4, 4)).HasPickUp);
    }

    [Fact]
    public void Bars_of_a_fraction_of_ticks_do_not_drift()
    {
        BarMap bars = Map(1, M(0, 3, 8)); // a bar and a half ticks
        Assert.Equal([(1, 0, 2), (2, 2, 1), (3, 3, 2), (4, 5, 1)], bars.Until(new(6)).Select(Plain));
        Assert.Equal([1, 1, 2, 3, 3, 4], Enumerable.Range(0, 6).Select(tick => bars.At(new(tick)).Number));
    }

    [Fact]
    public void No_bar_is_empty() =>
        Assert.Equal([(1, 0, 1), (2, 1, 1)], Map(1, M(0, 1, 64)).Until(new(2)).Select(Plain));

    [Fact]
    public void A_bar_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Map(100, M(0, 4, 4))[0]);
}
