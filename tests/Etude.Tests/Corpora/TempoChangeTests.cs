using Etude.Corpora;

namespace Etude.Tests.Corpora;

public sealed class TempoChangeTests
{
    [Fact]
    public void Is_zero_for_one_tempo() => Assert.Equal(0, TempoChange.Measure(SomeScores.Quarters(40)));

    [Fact]
    public void Weighs_tempos_by_the_quarters_they_hold() =>
        Assert.Equal(1.0 / 3, TempoChange.Measure(SomeScores.Quarters(40).WithTempos((0, 60), (20, 120))), 6);

    [Fact]
    public void A_closing_ritardando_weighs_little()
    {
        // 38 quarters at 100, then one at 80 and one at 50: mean 98.25, variance (38*1.75^2 + 18.25^2 + 48.25^2)/40.
        double change = TempoChange.Measure(SomeScores.Quarters(40).WithTempos((0, 100), (38, 80), (39, 50)));
        Assert.Equal(Math.Sqrt((38 * 1.75 * 1.75 + 18.25 * 18.25 + 48.25 * 48.25) / 40) / 98.25, change, 5);
    }

    [Fact]
    public void What_comes_after_the_last_note_counts_nothing() =>
        Assert.Equal(0, TempoChange.Measure(SomeScores.Quarters(40).WithTempos((0, 60), (40, 240))));
}
