using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Losses;

/// <summary>
/// The backward pass of every loss: its derivative was computed along with its value, so what is left is to scale it by
/// the derivative of what follows and hand it to the input.
/// </summary>
internal sealed class LossOperation : Operation
{
    private Tensor _input = null!, _derivative = null!, _loss = null!;

    /// <summary>Puts a loss on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="input">What the derivative is by.</param>
    /// <param name="derivative">d value / d input, made on the same tape; null where none is wanted.</param>
    /// <param name="value">The loss.</param>
    /// <returns>The single value on the tape.</returns>
    internal static Tensor Record(Tape tape, Tensor input, Tensor? derivative, double value)
    {
        var loss = tape.Allocate([1], derivative is not null);
        loss.Data[0] = (float)value;
        if (derivative is not null)
        {
            var operation = tape.Record<LossOperation>();
            (operation._input, operation._derivative, operation._loss) = (input, derivative, loss);
        }

        return loss;
    }

    /// <exception cref="ArgumentException">There are not as many targets as outputs.</exception>
    internal static void Check(int outputs, int targets)
    {
        if (outputs != targets) throw new ArgumentException($"{targets} targets came for {outputs} outputs.", nameof(targets));
    }

    public override void Backward() => _input.AddGradient(_derivative, _loss.Gradient[0]);
}
