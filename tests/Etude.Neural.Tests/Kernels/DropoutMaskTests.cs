using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.2f)]
    [InlineData(0.75f)]
    public void The_share_and_the_scale_are_right(float probability)
    {
        float[] mask = new float[100_000];
        DropoutMask.Fill(1, 0, probability, mask);
        Assert.All(mask, value => Assert.True(value == 0 || value == 1 / (1 - probability)));
        Assert.Equal(probability, mask.Count(value => value == 0) / 1e5, 0.01);
    }

    [Fact]
    public void An_element_depends_on_seed_and_place_only()
    {
        float[] whole = new float[50_000], part = new float[20_000], other = new float[50_000];
        DropoutMask.Fill(7, 0, 0.5f, whole);
        DropoutMask.Fill(7, 12_345, 0.5f, part);
        DropoutMask.Fill(8, 0, 0.5f, other);
        Assert.Equal(whole[12_345..32_345], part);
        Assert.InRange(whole.Zip(other).Count(pair => pair.First == pair.Second), 24_000, 26_000);
        Numbers.AssertSameForAnyThreads(() =>
        {
            float[] mask = new float[50_000];
            DropoutMask.Fill(7, 0, 0.5f, mask);
            return mask;
        });
    }
}
