using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

public sealed class DropoutTests
{
    [Fact]
    public void Keeps_the_mean_and_gives_the_gradient_of_what_was_kept()
    {
        var x = new Tensor([100, 100]).Constant(1);
        x.RequiresGradient = true;
        var dropout = new Dropout(0.3f, new RandomSource(1));
        using var tape = new Tape();
        var y = dropout.Forward(tape, x);
        var values = y.Data.ToArray();
        Assert.Equal([0, 1 / 0.7f], values.Distinct().Order());
        Assert.Equal(0.3, values.Count(value => value == 0) / 10_000.0, 0.023); // five standard errors
        tape.Backward(tape.Sum(y));
        Assert.Equal(values, x.Gradient);
    }

    [Fact]
    public void Every_pass_has_a_mask_of_its_own_and_a_saved_place_gives_it_again()
    {
        var x = new Tensor([1000]).Constant(1);
        var random = new RandomSource(4);
        var dropout = new Dropout(0.5f, random);
        using var tape = new Tape();
        float[] first = [.. dropout.Forward(tape, x).Data], second = [.. dropout.Forward(tape, x).Data];
        Assert.NotEqual(first, second);
        random.Restore(4, 0);
        Assert.Equal(first, dropout.Forward(tape, x).Data);
    }

    [Fact]
    public void Does_nothing_in_use()
    {
        var x = Near.Random([5]);
        using var tape = new Tape(training: false);
        Assert.Same(x, new Dropout(0.9f, new RandomSource(1)).Forward(tape, x));
    }

    [Theory]
    [InlineData(-0.1f), InlineData(1f), InlineData(float.NaN)]
    public void Refuses_rates_outside_their_range(float rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(rate, new RandomSource(1)));
}
