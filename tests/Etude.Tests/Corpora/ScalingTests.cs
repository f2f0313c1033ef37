using Etude.Corpora;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora;

public sealed class ScalingTests
{
    private static readonly Score Waltz = Score.Piano([new Note(new Tick(0), new Tick(480), 60, 80), new Note(new Tick(960), new Tick(240), 64, 80)]) with
    {
        Meters = [new Meter(default, 3, 8)],
        Tempos = [Tempo.FromQuartersPerMinute(default, 60)],
    };

    [Fact]
    public void Doubled_notes_sound_the_same_in_another_meter()
    {
        Score doubled = Scaling.Doubled(Waltz)!;
        Assert.Equal("3/4", doubled.Meters[0].ToString());
        Assert.Equal((240, 120), (doubled.TicksPerQuarter, Math.Round(doubled.Tempos[0].QuartersPerMinute)));
        Assert.Equal(new TempoMap(Waltz).ToSeconds(Waltz.End).Value, new TempoMap(doubled).ToSeconds(doubled.End).Value, 6);
        Assert.Equal(Waltz, Scaling.Halved(doubled));
    }

    [Fact]
    public void A_meter_that_would_be_unusual_is_left_alone()
    {
        Assert.Null(Scaling.Halved(Waltz));
        Assert.Null(Scaling.Doubled(Waltz with { Meters = [new Meter(default, 4, 4)] }));
        Assert.Null(Scaling.Doubled(Waltz with { Meters = [new Meter(default, 3, 8), new Meter(new Tick(720), 5, 8)] }));
    }

    [Fact]
    public void The_share_is_kept_and_the_seed_chooses()
    {
        var scaling = new Scaling(0.3, Seed: 4);
        int[] scaled = [.. Enumerable.Range(0, 1000).Where(epoch => scaling.Apply(Waltz, "a", epoch) != Waltz)];
        Assert.InRange(scaled.Length, 250, 350);
        Assert.Equal(scaled, Enumerable.Range(0, 1000).Where(epoch => scaling.Apply(Waltz, "a", epoch) != Waltz));
        Assert.NotEqual(scaled, Enumerable.Range(0, 1000).Where(epoch => scaling.Apply(Waltz, "b", epoch) != Waltz));
    }
}
