using Etude.Evaluation;

namespace Etude.Tests.Evaluation;

public sealed class BootstrapTests
{
    [Fact]
    public void Intervals_of_a_mean_hold_it_as_often_as_they_promise()
    {
        // 200 samples of 40 from U(0,1): about 95 % of intervals hold 0.5.
        var random = new Random(1);
        int held = 0;
        for (int i = 0; i < 200; i++)
        {
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
            Interval interval = Bootstrap.Mean(values, seed: i, resamples: 400);
            Assert.Equal(values.Average(), interval.Estimate, 12);
            if (interval.Low <= 0.5 && 0.5 <= interval.High) held++;
        }
        Assert.InRange(held, 178, 198);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        double[] values = [1, 2, 3, 5, 8];
        Assert.Equal(Bootstrap.Mean(values, seed: 7), Bootstrap.Mean(values, seed: 7));
        Assert.NotEqual(Bootstrap.Mean(values, seed: 7), Bootstrap.Mean(values, seed: 8));
        Assert.Equal(new Interval(4, 4, 4), Bootstrap.Mean([4, 4, 4]));
        Assert.Equal(double.NaN, Bootstrap.Mean([]).Estimate);
    }
}
