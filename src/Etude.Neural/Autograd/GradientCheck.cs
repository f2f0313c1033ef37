using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Autograd;

/// <summary>
/// Compares a backward pass with finite differences: the test for every operation, yours too.
/// </summary>
/// <example><code>
/// var x = new Tensor([2, 3]).Normal(1, random);
/// Assert.InRange(GradientCheck.Run(tape => tape.Tanh(x), x).Error, 0, 1e-3);
/// </code></example>
public static class GradientCheck
{
    private const float Step = 0.02f;

    /// <summary>
    /// Reduces the function's result to one value by a fixed random weighting, and compares the derivative by each element
    /// of each input with central differences at two distances, extrapolated (Richardson), so that their error is of the
    /// fourth order and float32's own noise, about 1e-4, is what remains.
    /// </summary>
    /// <param name="function">Computes a tensor from the inputs on a tape; the same at each call, so no dropout.</param>
    /// <param name="inputs">What to differentiate by; their gradients are overwritten, their values kept.</param>
    /// <returns>The worst disagreement and where it was found.</returns>
    public static GradientCheckResult Run(Func<Tape, Tensor> function, params ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
        {
            input.RequiresGradient = true;
            input.Gradient.Clear();
        }

        using var tape = new Tape();
        var result = function(tape);
        var weights = new Tensor(result.Shape);
        var random = new RandomSource(1);
        foreach (ref float weight in weights.Data) weight = random.NextSingle() + 0.5f;
        tape.Backward(tape.Sum(tape.Multiply(result, weights)));

        var worst = new GradientCheckResult(0, 0, 0, 0, 0);
        for (int index = 0; index < inputs.Length; index++)
        {
            var input = inputs[index];
            for (int element = 0; element < input.Length; element++)
            {
                double wide = Difference(element, Step), narrow = Difference(element, Step / 2);
                double numeric = (4 * narrow - wide) / 3;
                double analytic = input.Gradient[element];
                double error = Math.Abs(analytic - numeric) / Math.Max(1, Math.Max(Math.Abs(analytic), Math.Abs(numeric)));
                // A NaN is a disagreement, not a pass.
                if (!(error <= worst.Error)) worst = new(double.IsNaN(error) ? double.PositiveInfinity : error, index, element, analytic, numeric);
            }

            double Difference(int element, float step)
            {
                float value = input.Data[element];
                float above = value + step, below = value - step;
                input.Data[element] = above;
                double upper = Evaluate(function, weights, tape);
                input.Data[element] = below;
                double lower = Evaluate(function, weights, tape);
                input.Data[element] = value;
                return (upper - lower) / ((double)above - below);
            }
        }

        return worst;
    }

    private static double Evaluate(Func<Tape, Tensor> function, Tensor weights, Tape tape)
    {
        tape.Reset();
        var result = function(tape);
        double sum = 0;
        for (int i = 0; i < result.Length; i++) sum += (double)result.Data[i] * weights.Data[i];
        return sum;
    }
}
