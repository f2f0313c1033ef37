using Etude.Composing;

namespace Etude.Tests.Composing;

public sealed class SamplerTests
{
    private static readonly float[] Logits = [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.15f), MathF.Log(0.05f)];

    private static double[] Frequencies(ComposeOptions options, float[]? logits = null)
    {
        const int draws = 20_000; // one draw in the middle of each of so many equal parts of 0..1
        var counts = new double[(logits ?? Logits).Length];
        for (int i = 0; i < draws; i++) counts[Sampler.Draw([.. logits ?? Logits], options, (i + 0.5) / draws)] += 1.0 / draws;
        return counts;
    }

    [Fact]
    public void Unfiltered_draws_follow_the_probabilities()
    {
        double[] share = Frequencies(new ComposeOptions { MinP = 0 });
        Assert.Equal([0.5, 0.3, 0.15, 0.05], share.Select(value => Math.Round(value, 3)));
    }

    [Fact]
    public void Temperature_sharpens()
    {
        // At temperature 0.5 the probabilities are squared: 0.25, 0.09, 0.0225, 0.0025 over 0.365.
        double[] share = Frequencies(new ComposeOptions { MinP = 0, Temperature = 0.5f });
        Assert.Equal(0.25 / 0.365, share[0], 3);
        Assert.Equal(0.0025 / 0.365, share[3], 3);
    }

    [Fact]
    public void Zero_temperature_takes_the_likeliest() =>
        Assert.Equal([1, 0, 0, 0], Frequencies(new ComposeOptions { Temperature = 0 }).Select(value => Math.Round(value, 6)));

    [Fact]
    public void Top_k_keeps_k()
    {
        double[] share = Frequencies(new ComposeOptions { MinP = 0, TopK = 2 });
        Assert.Equal(0.625, share[0], 3);
        Assert.Equal(0, share[2] + share[3]);
    }

    [Fact]
    public void Top_p_keeps_the_smallest_set_that_holds_p()
    {
        double[] share = Frequencies(new ComposeOptions { MinP = 0, TopP = 0.9f });
        Assert.Equal(0.5 / 0.95, share[0], 3);
        Assert.Equal(0, share[3]);
    }

    [Fact]
    public void Min_p_drops_what_is_far_below_the_likeliest()
    {
        double[] share = Frequencies(new ComposeOptions { MinP = 0.2f });
        Assert.True(share[2] > 0);
        Assert.Equal(0, share[3]);
    }

    [Fact]
    public void Forbidden_tokens_are_never_drawn()
    {
        double[] share = Frequencies(new ComposeOptions { MinP = 0, TopK = 3 }, [float.NegativeInfinity, 1, 1, float.NegativeInfinity]);
        Assert.Equal([0, 0.5, 0.5, 0], share.Select(value => Math.Round(value, 3)));
    }

    [Fact]
    public void Nothing_allowed_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() =>
            Sampler.Draw([float.NegativeInfinity, float.NaN], new ComposeOptions(), 0.5));

    [Theory]
    [InlineData(0, 1f, 1f)]
    [InlineData(1001, 1f, 1f)]
    [InlineData(8, -1f, 1f)]
    [InlineData(8, 1f, 0f)]
    public void Options_out_of_range_are_named(int bars, float temperature, float topP) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new ComposeOptions { Bars = bars, Temperature = temperature, TopP = topP }.Validate());
}
