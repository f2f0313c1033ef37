using Etude.Evaluation.Sets;

namespace Etude.Tests.Evaluation.Sets;

public sealed class DistancesTests
{
    [Fact]
    public void Earth_is_moved_by_hand()
    {
        Assert.Equal(1, Distances.Wasserstein([0, 1, 2], [1, 2, 3]), 12);
        // Half of the first sample at 0 stays, half goes to 4: samples of different sizes.
        Assert.Equal(2, Distances.Wasserstein([0, 0, 0, 0], [0, 4]), 12);
        Assert.Equal(0, Distances.Wasserstein([3, 1], [1, 3]), 12);
        Assert.Equal(double.NaN, Distances.Wasserstein([], [1]));
    }

    [Fact]
    public void Normal_samples_overlap_as_their_densities_do()
    {
        // N(0,1) and N(1,1): overlap 2 Phi(-1/2) = 0.6171, KL = 1/2; the kernel widens both by 1 %.
        double[] first = Normal(0, 20_000, seed: 1), second = Normal(1, 20_000, seed: 2);
        (double overlap, double divergence) = Distances.Densities(first, second);
        Assert.Equal(0.6171, overlap, 0.02);
        Assert.Equal(0.5, divergence, 0.03);
    }

    [Fact]
    public void The_same_sample_overlaps_wholly_and_a_far_one_not_at_all()
    {
        double[] sample = Normal(0, 300, seed: 3);
        (double overlap, double divergence) = Distances.Densities(sample, sample);
        Assert.Equal(1, overlap, 9);
        Assert.Equal(0, divergence, 9);
        (overlap, divergence) = Distances.Densities(sample, [.. sample.Select(value => value + 50)]);
        Assert.InRange(overlap, 0, 1e-6);
        Assert.InRange(divergence, 10, 40);
    }

    [Fact]
    public void Samples_without_spread_do_not_break_it()
    {
        Assert.Equal(1, Distances.Densities([2, 2, 2], [2, 2]).OverlappingArea, 9);
        Assert.Equal(0, Distances.Densities([2, 2, 2], [3, 3]).OverlappingArea, 9);
        Assert.InRange(Distances.Densities([2, 2, 2], [1, 2, 3]).OverlappingArea, 0, 0.2);
        Assert.Equal(double.NaN, Distances.Densities([1], [1, 2]).OverlappingArea);
    }

    private static double[] Normal(double mean, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            mean + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
