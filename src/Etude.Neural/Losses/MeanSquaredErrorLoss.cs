using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Losses;

/// <summary>The mean squared error.</summary>
public static class MeanSquaredErrorLoss
{
    /// <summary>The mean over all outputs of (output - target)^2.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="outputs">Any shape.</param>
    /// <param name="targets">One for each output.</param>
    /// <exception cref="ArgumentException">There are not as many targets as outputs.</exception>
    public static LossValue MeanSquaredError(this Tape tape, Tensor outputs, ReadOnlySpan<float> targets)
    {
        LossOperation.Check(outputs.Length, targets.Length);
        var difference = tape.Allocate(outputs.Shape);
        Elementwise.Subtract(outputs.Data, targets, difference.Data);
        double mean = Reductions.SumOfSquares(difference.Data) / outputs.Length;
        bool trains = tape.Training && outputs.RequiresGradient;
        if (trains) Elementwise.Scale(difference.Data, 2f / outputs.Length, difference.Data);
        return new(LossOperation.Record(tape, outputs, trains ? difference : null, mean), 0, outputs.Length);
    }
}
