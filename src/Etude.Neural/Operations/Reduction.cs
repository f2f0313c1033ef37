using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>Sums and means over all values.</summary>
public static class Reduction
{
    /// <summary>The sum of all values, [1].</summary>
    public static Tensor Sum(this Tape tape, Tensor x) => Apply(tape, x, 1);

    /// <summary>The mean of all values, [1].</summary>
    public static Tensor Mean(this Tape tape, Tensor x) => Apply(tape, x, 1f / x.Length);

    private static Tensor Apply(Tape tape, Tensor x, float factor)
    {
        var y = tape.Allocate([1], x.RequiresGradient);
        y.Data[0] = (float)(Reductions.Sum(x.Data) * factor);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.X, operation.Y, operation.Factor) = (x, y, factor);
        }

        return y;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor X = null!, Y = null!;
        public float Factor;

        public override void Backward() => Elementwise.AddScalar(X.Gradient, Y.Gradient[0] * Factor, X.Gradient);
    }
}
