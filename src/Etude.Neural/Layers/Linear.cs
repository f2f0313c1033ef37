using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>y = x W^T + b on the last axis; on <c>[batch, time, channels]</c> it is applied to each time step.</summary>
/// <remarks>Parameters: <c>weight</c> [outputs, inputs], <c>bias</c> [outputs].</remarks>
public sealed class Linear : Module
{
    /// <summary>Draws the weight by <see cref="Initialization.GlorotUniform"/>; the bias begins at zero.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="bias">Whether there is a bias.</param>
    public Linear(int inputs, int outputs, RandomSource random, bool bias = true)
    {
        Weight = Register("weight", new Parameter([outputs, inputs]).GlorotUniform(random));
        if (bias) Bias = Register("bias", new Parameter([outputs]));
    }

    /// <summary>[outputs, inputs]</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], or null where there is none.</summary>
    public Parameter? Bias { get; }

    /// <summary>The layer's result.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[..., inputs]</param>
    /// <returns>[..., outputs]</returns>
    public Tensor Forward(Tape tape, Tensor x)
    {
        Check(x.Shape.Channels);
        bool trains = x.RequiresGradient || Weight.RequiresGradient || Bias is { RequiresGradient: true };
        var y = tape.Allocate(x.Shape.WithChannels(Weight.Shape[0]), trains);
        DenseProduct.Forward(tape, x.Shape.Rows, x.Data, Weight, Bias, y.Data);
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Layer, operation.Tape, operation.X, operation.Y) = (this, tape, x, y);
        }

        return y;
    }

    /// <summary>The same without a tape and without allocating: for generation, step by step.</summary>
    /// <param name="x">[rows, inputs]</param>
    /// <param name="y">[rows, outputs]; must not overlap x.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        int rows = x.Length / Weight.Shape[1];
        if (x.Length != rows * Weight.Shape[1] || y.Length != rows * Weight.Shape[0])
            throw new ArgumentException($"{x.Length} inputs and {y.Length} outputs are not whole rows of a weight {Weight.Shape}.", nameof(x));
        DenseProduct.Forward(null, rows, x, Weight, Bias, y);
    }

    private void Check(int channels)
    {
        if (channels != Weight.Shape[1])
            throw new ArgumentException($"{channels} channels came to a layer that takes {Weight.Shape[1]} ({Weight.Name}).");
    }

    private sealed class Operation : Autograd.Operation
    {
        public Linear Layer = null!;
        public Tape Tape = null!;
        public Tensor X = null!, Y = null!;

        public override void Backward()
        {
            int rows = X.Shape.Rows;
            DenseProduct.BackwardWeights(rows, X.Data, Y.Gradient, Layer.Weight, Layer.Bias);
            if (X.RequiresGradient) DenseProduct.BackwardInput(Tape, rows, Y.Gradient, Layer.Weight, X.Gradient, true);
        }
    }
}
