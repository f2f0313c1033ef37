using Etude.Evaluation.Benchmark;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class WeightDropoutTests
{
    [Fact]
    public void A_share_is_left_out_for_a_step_and_all_are_as_they_were_after_it()
    {
        var weight = new Parameter([100, 100]);
        weight.Data.Fill(3);
        var dropout = new WeightDropout([weight], 0.25f, new RandomSource(1));

        dropout.Drop();
        float[] left = weight.Data.ToArray();
        weight.Gradient.Fill(1);
        dropout.Restore();

        Assert.InRange(left.Count(value => value == 0), 2300, 2700);
        Assert.All(left.Where(value => value != 0), value => Assert.Equal(4, value)); // 3 / (1 - 0.25)
        Assert.All(weight.Data.ToArray(), value => Assert.Equal(3, value));
        Assert.Equal(left.Select(value => value / 3), weight.Gradient.ToArray());
    }
}
