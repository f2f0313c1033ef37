using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Operations;

/// <summary>Probabilities from logits.</summary>
public static class SoftmaxOperation
{
    /// <summary>e^x over its sum along the last axis.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[..., channels]; negative infinity gives 0, but not in all of a row.</param>
    public static Tensor Softmax(this Tape tape, Tensor x)
    {
        var y = tape.Allocate(x.Shape, x.RequiresGradient);
        Tensors.Kernels.Softmax.Forward(x.Shape.Rows, x.Shape.Channels, x.Data, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.X, operation.Y) = (x, y);
        }

        return y;
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor X = null!, Y = null!;

        public override void Backward() =>
            Tensors.Kernels.Softmax.Backward(X.Shape.Rows, X.Shape.Channels, Y.Data, Y.Gradient, X.Gradient);
    }
}
