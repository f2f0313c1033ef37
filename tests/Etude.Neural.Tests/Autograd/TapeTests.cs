using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Autograd;

public sealed class TapeTests
{
    [Fact]
    public void Adds_up_the_gradients_of_all_uses()
    {
        var x = new Tensor([2], [3, -2]) { RequiresGradient = true };
        using var tape = new Tape();
        tape.Backward(tape.Sum(tape.Add(tape.Multiply(x, x), x))); // x^2 + x
        Assert.Equal([7, -3], x.Gradient);
    }

    [Fact]
    public void Adds_up_the_gradients_of_several_passes()
    {
        var x = new Tensor([1], [3]) { RequiresGradient = true };
        using var tape = new Tape();
        for (int pass = 0; pass < 3; pass++)
        {
            tape.Backward(tape.Scale(x, 2));
            tape.Reset();
        }

        Assert.Equal([6], x.Gradient);
    }

    [Fact]
    public void Records_nothing_when_not_training()
    {
        var x = new Tensor([1], [3]) { RequiresGradient = true };
        using var tape = new Tape(training: false);
        var y = tape.Scale(x, 2);
        Assert.False(y.RequiresGradient);
        Assert.Throws<InvalidOperationException>(() => tape.Backward(y));
    }

    [Fact]
    public void Leaves_alone_what_asks_for_no_gradient()
    {
        Tensor x = new([1], [3]), w = new([1], [2]) { RequiresGradient = true };
        using var tape = new Tape();
        tape.Backward(tape.Multiply(x, w));
        Assert.Equal([3], w.Gradient);
        Assert.False(x.HasGradient);
    }

    [Fact]
    public void Uses_memory_again_after_reset()
    {
        using var tape = new Tape();
        var first = tape.Allocate([100, 100]);
        tape.Reset();
        Assert.Same(first, tape.Allocate([50]));
    }

    [Fact]
    public void Gradient_check_finds_a_wrong_derivative()
    {
        var x = Near.Random([3]);
        var result = GradientCheck.Run(tape => Wrong.Apply(tape, x), x);
        Assert.InRange(result.Error, 0.1, 10);
    }

    // y = 2x whose backward pass says 1: also the example of an operation of one's own.
    private sealed class Wrong : Operation
    {
        private Tensor _x = null!, _y = null!;

        public static Tensor Apply(Tape tape, Tensor x)
        {
            var y = tape.Allocate(x.Shape, x.RequiresGradient);
            for (int i = 0; i < x.Length; i++) y.Data[i] = 2 * x.Data[i];
            if (y.RequiresGradient)
            {
                var operation = tape.Record<Wrong>();
                (operation._x, operation._y) = (x, y);
            }

            return y;
        }

        public override void Backward()
        {
            for (int i = 0; i < _x.Length; i++) _x.Gradient[i] += _y.Gradient[i];
        }
    }
}
