using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>Activation functions, applied to each value.</summary>
public static class Activation
{
    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public static Tensor Relu(this Tape tape, Tensor x) => Apply<ReluFunction>(tape, x);

    /// <summary>x where x > 0, else e^x - 1 (Clevert and others 2016, alpha 1).</summary>
    public static Tensor Elu(this Tape tape, Tensor x) => Apply<EluFunction>(tape, x);

    /// <summary>x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016, the tanh form).</summary>
    public static Tensor Gelu(this Tape tape, Tensor x) => Apply<GeluFunction>(tape, x);

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(this Tape tape, Tensor x) => Apply<TanhFunction>(tape, x);

    /// <summary>1 / (1 + e^-x).</summary>
    public static Tensor Sigmoid(this Tape tape, Tensor x) => Apply<SigmoidFunction>(tape, x);

    private static Tensor Apply<TFunction>(Tape tape, Tensor x) where TFunction : IFunction
    {
        var y = tape.Allocate(x.Shape, x.RequiresGradient);
        TFunction.Forward(x.Data, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation<TFunction>>();
            (operation.X, operation.Y) = (x, y);
        }

        return y;
    }

    private interface IFunction
    {
        static abstract void Forward(ReadOnlySpan<float> x, Span<float> y);

        static abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX);
    }

    private sealed class Operation<TFunction> : Operation where TFunction : IFunction
    {
        public Tensor X = null!, Y = null!;

        public override void Backward() => TFunction.Backward(X.Data, Y.Data, Y.Gradient, X.Gradient);
    }

    private readonly struct ReluFunction : IFunction
    {
        public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Activations.Relu(x, y);

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
            Activations.ReluBackward(y, dY, dX);
    }

    private readonly struct EluFunction : IFunction
    {
        public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Activations.Elu(x, 1, y);

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
            Activations.EluBackward(y, 1, dY, dX);
    }

    private readonly struct GeluFunction : IFunction
    {
        public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Activations.Gelu(x, y);

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
            Activations.GeluBackward(x, dY, dX);
    }

    private readonly struct TanhFunction : IFunction
    {
        public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Activations.Tanh(x, y);

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
            Activations.TanhBackward(y, dY, dX);
    }

    private readonly struct SigmoidFunction : IFunction
    {
        public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Activations.Sigmoid(x, y);

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
            Activations.SigmoidBackward(y, dY, dX);
    }
}
