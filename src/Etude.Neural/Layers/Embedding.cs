using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>A learned row of channels for each token.</summary>
/// <remarks>Parameter: <c>weight</c> [vocabulary, channels].</remarks>
public sealed class Embedding : Module
{
    /// <summary>Draws the rows from a normal distribution.</summary>
    /// <param name="vocabulary">The number of tokens.</param>
    /// <param name="channels">The length of a row.</param>
    /// <param name="random">The source of the first rows.</param>
    /// <param name="deviation">The standard deviation of the first values; PyTorch's is 1, Transformers take 0.02.</param>
    public Embedding(int vocabulary, int channels, RandomSource random, float deviation = 1) =>
        Weight = Register("weight", new Parameter([vocabulary, channels]).Normal(deviation, random));

    /// <summary>[vocabulary, channels]</summary>
    public Parameter Weight { get; }

    /// <summary>The row of each token.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="tokens">[batch, time], each from 0 to vocabulary - 1.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="time">Steps in each.</param>
    /// <returns>[batch, time, channels]</returns>
    /// <exception cref="ArgumentException">Not batch times time tokens, or one outside the vocabulary.</exception>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, int batch, int time)
    {
        if (tokens.Length != batch * time)
            throw new ArgumentException($"{tokens.Length} tokens came for [{batch}, {time}].", nameof(tokens));
        foreach (int token in tokens) Check(token);
        var y = tape.Allocate([batch, time, Weight.Shape[1]], Weight.RequiresGradient);
        Rows.Gather(Weight.Data, Weight.Shape[1], tokens, y.Data);
        if (y.RequiresGradient) tape.Record<Operation>().Set(Weight, y, tokens);
        return y;
    }

    /// <summary>How well each row matches: x W^T, so that the same rows read tokens and predict them (Press and Wolf 2017).</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[..., channels]</param>
    /// <returns>[..., vocabulary]</returns>
    public Tensor Logits(Tape tape, Tensor x) => DenseProduct.Forward(tape, x, Weight, null);

    /// <summary>The row of one token, to read without a tape.</summary>
    public ReadOnlySpan<float> Row(int token)
    {
        Check(token);
        return Weight.Data.Slice(token * Weight.Shape[1], Weight.Shape[1]);
    }

    private void Check(int token)
    {
        if ((uint)token >= (uint)Weight.Shape[0])
            throw new ArgumentException($"Token {token} is outside the vocabulary of {Weight.Shape[0]} ({Weight.Name}).");
    }

    private sealed class Operation : Autograd.Operation
    {
        private Parameter _weight = null!;
        private Tensor _y = null!;
        private int[] _tokens = [];
        private int _count;

        public void Set(Parameter weight, Tensor y, ReadOnlySpan<int> tokens)
        {
            (_weight, _y, _count) = (weight, y, tokens.Length);
            if (_tokens.Length < _count) _tokens = new int[_count];
            tokens.CopyTo(_tokens);
        }

        public override void Backward() =>
            Rows.ScatterAdd(_y.Gradient, _weight.Shape[1], _tokens.AsSpan(0, _count), _weight.Gradient);
    }
}
