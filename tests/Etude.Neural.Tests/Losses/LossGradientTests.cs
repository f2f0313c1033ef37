using Etude.Neural.Losses;
using Etude.Neural.Operations;

namespace Etude.Neural.Tests.Losses;

public sealed class LossGradientTests
{
    private static readonly int[] Classes = [0, 6, CrossEntropyLoss.Ignore, 3];
    private static readonly float[] Binary = [.. Enumerable.Range(0, 28).Select(i => i % 3 == 0 ? 1f : 0f)];

    [Fact]
    public void Cross_entropy()
    {
        var x = Near.Random([2, 2, 7]);
        float[] weights = [1, 2, 0.5f, 1, 3, 1, 0.25f];
        Near.Gradient(tape => tape.CrossEntropy(x, Classes).Tensor, x);
        Near.Gradient(tape => tape.CrossEntropy(x, Classes, labelSmoothing: 0.2f).Tensor, x);
        Near.Gradient(tape => tape.CrossEntropy(x, Classes, 0.1f, weights).Tensor, x);
        Near.Gradient(tape => tape.Scale(tape.CrossEntropy(tape.Scale(x, 2), Classes).Tensor, 3), x);
    }

    [Fact]
    public void Two_losses_of_one_tensor_add_up()
    {
        var x = Near.Random([4, 7]);
        Near.Gradient(
            tape =>
            {
                var logits = tape.Scale(x, 2);
                var classes = tape.CrossEntropy(logits, Classes).Tensor;
                var binary = tape.BinaryCrossEntropy(logits, Binary).Tensor;
                return tape.Add(classes, tape.Add(binary, tape.Mean(logits)));
            },
            x);
    }

    [Fact]
    public void Binary_losses()
    {
        var x = Near.Random([4, 7]);
        Near.Gradient(tape => tape.BinaryCrossEntropy(x, Binary).Tensor, x);
        Near.Gradient(tape => tape.BinaryCrossEntropy(x, Binary, 5).Tensor, x);
        Near.Gradient(tape => tape.Focal(x, Binary, new() { Alpha = 0.75f, DetachDiscount = false }).Tensor, x);
        Near.Gradient(tape => tape.Focal(x, Binary, new() { Gamma = 1.5f, DetachDiscount = false, Mean = false }).Tensor, x);
    }

    [Fact]
    public void Mean_squared_error()
    {
        var x = Near.Random([4, 7]);
        Near.Gradient(tape => tape.MeanSquaredError(x, Binary).Tensor, x);
    }
}
