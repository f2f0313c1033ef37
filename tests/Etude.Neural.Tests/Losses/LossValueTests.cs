using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Losses;

public sealed class LossValueTests
{
    [Fact]
    public void Counts_what_is_right_and_what_is_counted()
    {
        using var tape = new Tape(training: false);
        var logits = new Tensor([4, 3], [5, 0, 0, 0, 5, 0, 0, 0, 5, 5, 0, 0]);
        var loss = tape.CrossEntropy(logits, [0, 1, 0, CrossEntropyLoss.Ignore]);
        Assert.Equal((2, 3), (loss.Correct, loss.Count));
        Assert.Equal((2 * Math.Log(1 + 2 * Math.Exp(-5)) + Math.Log(Math.Exp(5) + 2)) / 3, loss.Value, 1e-5);
        Assert.Equal(loss.Value, tape.CrossEntropy(logits, [0, 1, 0, -1], classWeights: [2, 2, 2]).Value, 1e-6);
        var binary = tape.BinaryCrossEntropy(new Tensor([3], [2, -2, 2]), [1, 0, 0]);
        Assert.Equal((2, 3), (binary.Correct, binary.Count));
    }

    [Fact]
    public void Nothing_counted_is_no_loss_and_no_gradient()
    {
        using var tape = new Tape();
        var logits = Near.Random([2, 3]);
        logits.RequiresGradient = true;
        var loss = tape.CrossEntropy(logits, [CrossEntropyLoss.Ignore, CrossEntropyLoss.Ignore]);
        Assert.Equal(0, loss.Value);
        tape.Backward(loss.Tensor);
        Assert.Equal(new float[6], logits.Gradient);
    }

    [Fact]
    public void Far_logits_neither_overflow_nor_vanish()
    {
        using var tape = new Tape();
        var logits = new Tensor([4], [200, -200, 20, -20]) { RequiresGradient = true };
        var loss = tape.BinaryCrossEntropy(logits, [0, 1, 1, 0]);
        Assert.Equal(100, loss.Value, 1e-3);
        tape.Backward(loss.Tensor);
        Assert.Equal([0.25f, -0.25f], logits.Gradient[..2]);
        var near = tape.BinaryCrossEntropy(new Tensor([1], [20]), [1]);
        Assert.Equal(2.0611537e-9, near.Value, 1e-14);
    }

    [Fact]
    public void Refuses_targets_that_do_not_fit()
    {
        using var tape = new Tape();
        var logits = Near.Random([2, 3]);
        Assert.Throws<ArgumentException>(() => tape.CrossEntropy(logits, [0]));
        Assert.Throws<ArgumentException>(() => tape.CrossEntropy(logits, [0, 3]));
        Assert.Throws<ArgumentException>(() => tape.CrossEntropy(logits, [0, -2]));
        Assert.Throws<ArgumentException>(() => tape.BinaryCrossEntropy(logits, [0, 1]));
        Assert.Throws<ArgumentException>(() => tape.MeanSquaredError(logits, [0, 1]));
    }
}
