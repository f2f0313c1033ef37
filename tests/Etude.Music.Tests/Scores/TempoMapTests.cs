using Etude.Music.Scores;

namespace Etude.Music.Tests.Scores;

public sealed class TempoMapTests
{
    // 100 ticks to the quarter note: two quarters at 60, two at 120, then 30 quarter notes a minute.
    private static readonly TempoMap Map = new(new Score
    {
        TicksPerQuarter = 100,
        Tempos = [new(new(0), 1_000_000), new(new(200), 500_000), new(new(400), 2_000_000)],
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 0.5)]
    [InlineData(200, 2)]
    [InlineData(201, 2.005)]
    [InlineData(400, 3)]
    [InlineData(450, 4)]
    public void Ticks_and_seconds_follow_the_tempos(int tick, double seconds)
    {
        Assert.Equal(seconds, Map.ToSeconds(new(tick)).Value, 12);
        Assert.Equal(new Tick(tick), Map.ToTick(new Second(seconds)));
    }

    [Fact]
    public void Quarters_know_no_tempo()
    {
        Assert.Equal(new Quarter(2.25), Map.ToQuarters(new(225)));
        Assert.Equal(new Tick(225), Map.ToTick(new Quarter(2.25)));
        Assert.Equal(new Tick(34), Map.ToTick(new Quarter(1 / 3.0 + 0.005)));
    }

    [Fact]
    public void Every_tick_comes_back_from_its_seconds()
    {
        for (int tick = 0; tick < 1000; tick++) Assert.Equal(new Tick(tick), Map.ToTick(Map.ToSeconds(new(tick))));
    }
}
