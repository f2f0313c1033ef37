using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Tensors;

public sealed class RandomSourceTests
{
    [Fact]
    public void Continues_from_a_saved_place()
    {
        var source = new RandomSource(7);
        for (int i = 0; i < 10; i++) source.NextNormal();
        var copy = new RandomSource(source.Seed, source.Position);
        for (int i = 0; i < 10; i++) Assert.Equal(source.NextUInt64(), copy.NextUInt64());
    }

    [Fact]
    public void Uniform_and_normal_have_their_moments()
    {
        var source = new RandomSource(3);
        const int count = 200_000;
        double mean = 0, square = 0, normalMean = 0, normalSquare = 0, fourth = 0;
        for (int i = 0; i < count; i++)
        {
            double u = source.NextSingle(), n = source.NextNormal();
            Assert.InRange(u, 0, 0.99999999);
            mean += u / count;
            square += u * u / count;
            normalMean += n / count;
            normalSquare += n * n / count;
            fourth += n * n * n * n / count;
        }

        // Five standard errors each.
        Assert.Equal(0.5, mean, 0.0033);
        Assert.Equal(1 / 3.0, square, 0.0034);
        Assert.Equal(0, normalMean, 0.0112);
        Assert.Equal(1, normalSquare, 0.016);
        Assert.Equal(3, fourth, 0.11);
    }

    [Fact]
    public void Neighbouring_seeds_are_unlike()
    {
        var first = new RandomSource(1);
        var second = new RandomSource(2);
        var seen = Enumerable.Range(0, 1000).Select(_ => first.NextUInt64()).ToHashSet();
        Assert.DoesNotContain(Enumerable.Range(0, 1000).Select(_ => second.NextUInt64()), seen.Contains);
    }

    [Fact]
    public void Shuffle_keeps_the_elements()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new RandomSource(5).Shuffle(items.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
