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
    /// <param name="maps">How many maps the outputs are parted into (<see cref="Parameter.Maps"/>).</param>
    public Linear(int inputs, int outputs, RandomSource random, bool bias = true, int maps = 1)
    {
        Weight = Register("weight", new Parameter([outputs, inputs]) { Maps = maps }.GlorotUniform(random));
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
    public Tensor Forward(Tape tape, Tensor x) => DenseProduct.Forward(tape, x, Weight, Bias);

    /// <summary>The same, recorded nowhere and without allocating: for generation, step by step.</summary>
    /// <param name="x">[rows, inputs]</param>
    /// <param name="y">[rows, outputs]; must not overlap x.</param>
    /// <param name="tape">Keeps the packed weight from step to step where there are many rows; null: it is packed each time.</param>
    public void Apply(ReadOnlySpan<float> x, Span<float> y, Tape? tape = null)
    {
        int rows = x.Length / Weight.Shape[1];
        if (x.Length != rows * Weight.Shape[1] || y.Length != rows * Weight.Shape[0])
            throw new ArgumentException($"{x.Length} inputs and {y.Length} outputs are not whole rows of a weight {Weight.Shape}.", nameof(x));
        DenseProduct.Forward(tape, rows, x, Weight, Bias, y);
    }
}
