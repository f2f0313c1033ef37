using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>A tensor times a constant.</summary>
public static class Scaling
{
    /// <summary>x * factor.</summary>
    public static Tensor Scale(this Tape tape, Tensor x, float factor)
    {
        var y = tape.Allocate(x.Shape, x.RequiresGradient);
        Elementwise.Scale(x.Data, factor, y.Data);
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

        public override void Backward() => Elementwise.ScaleAdd(Y.Gradient, Factor, X.Gradient);
    }
}
