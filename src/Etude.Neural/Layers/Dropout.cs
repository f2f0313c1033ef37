using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// While training, zeroes each value with a given probability and scales the others up by 1 / (1 - probability), so that
/// the expected value stays (Srivastava and others 2014); in use it gives back its input.
/// </summary>
public sealed class Dropout : Module
{
    private readonly RandomSource _random;

    /// <summary>A dropout layer.</summary>
    /// <param name="rate">The probability of zero, from 0 up to, not including, 1.</param>
    /// <param name="random">Gives one draw for each forward pass.</param>
    public Dropout(float rate, RandomSource random)
    {
        if (rate is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate lies in [0, 1).");
        Rate = rate;
        _random = random;
    }

    /// <summary>The probability of zero.</summary>
    public float Rate { get; }

    /// <summary>x with values dropped, or x itself where the tape is not training or the rate is 0.</summary>
    public Tensor Forward(Tape tape, Tensor x)
    {
        if (!tape.Training || Rate == 0) return x;
        var y = tape.Allocate(x.Shape, x.RequiresGradient);
        var mask = tape.ScratchBuffer(x.Length);
        DropoutMask.Fill(_random.NextUInt64(), 0, Rate, mask.Slice(0, x.Length));
        Elementwise.Multiply(x.Data, mask.Slice(0, x.Length), y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.X, operation.Y, operation.Mask) = (x, y, mask);
        }

        return y;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor X = null!, Y = null!;
        public AlignedBuffer Mask = null!;

        public override void Backward() => Elementwise.MultiplyAdd(Y.Gradient, Mask.Slice(0, X.Length), X.Gradient);
    }
}
