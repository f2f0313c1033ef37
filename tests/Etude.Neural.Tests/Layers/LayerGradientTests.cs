using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

public sealed class LayerGradientTests
{
    private readonly RandomSource _random = new(11);

    [Theory]
    [InlineData(1), InlineData(9)] // both ways of multiplying
    public void Linear(int rows)
    {
        var x = Near.Random([rows, 4]);
        var layer = new Linear(4, 3, _random);
        Near.Gradient(tape => layer.Forward(tape, x), layer, x);
    }

    [Fact]
    public void Embedding()
    {
        var layer = new Embedding(5, 3, _random);
        int[] tokens = [0, 4, 4, 2, 0, 4];
        Near.Gradient(tape => layer.Forward(tape, tokens, 2, 3), layer);
        using var tape = new Etude.Neural.Autograd.Tape();
        Assert.Throws<ArgumentException>(() => layer.Forward(tape, [5], 1, 1));
        Assert.Throws<ArgumentException>(() => layer.Forward(tape, [0, 1], 1, 1));
    }

    [Fact]
    public void Lstm_output_and_state()
    {
        var x = Near.Random([2, 4, 3]);
        var layer = new Lstm(3, 5, _random);
        var initial = new LstmState(Near.Random([2, 5], 2), Near.Random([2, 5], 3));
        Near.Gradient(tape => layer.Forward(tape, x, initial).Output, layer, x, initial.Hidden, initial.Cell);
        Near.Gradient(tape => layer.Forward(tape, x, initial).State.Hidden, layer, x, initial.Hidden, initial.Cell);
        Near.Gradient(tape => layer.Forward(tape, x).State.Cell, layer, x);
        Near.Gradient(
            tape =>
            {
                // An encoder's state begins the decoder's, which gives all three of its results to the loss.
                var (_, encoded) = layer.Forward(tape, x, initial);
                var (output, state) = layer.Forward(tape, x, encoded);
                return tape.Concatenate([tape.Reshape(output, [8, 5]), state.Hidden, state.Cell], 0);
            },
            layer, x, initial.Hidden, initial.Cell);
    }

    [Fact]
    public void Lstm_step_by_step_on_a_tape_is_the_whole_sequence()
    {
        var x = Near.Random([6, 3, 4]);
        var layer = new Lstm(4, 5, _random);
        using var tape = new Etude.Neural.Autograd.Tape();
        var whole = layer.Forward(tape, x).Output;
        float[] expected = [.. whole.Data];
        tape.Backward(tape.Sum(tape.Multiply(whole, whole)));
        float[][] gradients = [.. layer.Parameters.Select(parameter => parameter.Gradient.ToArray())];
        tape.Reset();
        foreach (var parameter in layer.Parameters) parameter.ClearGradient();

        LstmState? state = null;
        var steps = new Tensor[3];
        for (int t = 0; t < 3; t++) (steps[t], state) = layer.Forward(tape, tape.Slice(x, 1, t, 1), state);
        whole = tape.Concatenate(steps, axis: 1);
        Near.Equal(expected, whole.Data, 1e-6);
        tape.Backward(tape.Sum(tape.Multiply(whole, whole)));
        foreach (var (parameter, gradient) in layer.Parameters.Zip(gradients)) Near.Equal(gradient, parameter.Gradient, 1e-5, parameter.Name);
    }

    [Fact]
    public void Gru_output_and_state()
    {
        var x = Near.Random([2, 4, 3]);
        var layer = new Gru(3, 5, _random);
        layer.BiasHidden.Normal(0.5f, _random);
        var initial = Near.Random([2, 5], 2);
        Near.Gradient(tape => layer.Forward(tape, x, initial).Output, layer, x, initial);
        Near.Gradient(tape => layer.Forward(tape, x).State, layer, x);
    }

    [Theory]
    [InlineData(ConvolutionPadding.None, 1), InlineData(ConvolutionPadding.Causal, 1), InlineData(ConvolutionPadding.Centred, 1)]
    [InlineData(ConvolutionPadding.None, 2), InlineData(ConvolutionPadding.Causal, 3), InlineData(ConvolutionPadding.Centred, 2)]
    public void Convolutions(ConvolutionPadding padding, int stride)
    {
        var x = Near.Random([2, 7, 3]);
        var layer = new Conv1d(3, 4, 3, _random, padding, stride);
        Near.Gradient(tape => layer.Forward(tape, x), layer, x);
        var separable = new SeparableConv1d(3, 4, 3, _random, padding, stride);
        Near.Gradient(tape => separable.Forward(tape, x), separable, x);
    }

    [Fact]
    public void Normalizations()
    {
        var x = Near.Random([2, 3, 6]);
        var layerNorm = new LayerNorm(6);
        layerNorm.Weight.Normal(1, _random);
        Near.Gradient(tape => layerNorm.Forward(tape, x), layerNorm, x);
        var rmsNorm = new RmsNorm(6);
        rmsNorm.Weight.Normal(1, _random);
        Near.Gradient(tape => rmsNorm.Forward(tape, x), rmsNorm, x);
        var batchNorm = new BatchNorm(6);
        batchNorm.Weight.Normal(1, _random);
        Near.Gradient(tape => batchNorm.Forward(tape, x), batchNorm, x);
    }

    [Fact]
    public void Attention()
    {
        Tensor query = Near.Random([2, 3, 4]), memory = Near.Random([2, 5, 6], 2);
        var dot = new DotAttention(4, 6, 3, _random);
        Near.Gradient(tape => dot.Forward(tape, query, dot.Prepare(tape, memory)).Context, dot, query, memory);
        var additive = new AdditiveAttention(4, 6, 3, _random);
        Near.Gradient(tape => additive.Forward(tape, query, additive.Prepare(tape, memory)).Context, additive, query, memory);
    }

    [Fact]
    public void Transformer()
    {
        var x = Near.Random([2, 5, 8]);
        var attention = new CausalAttention(8, 2, _random);
        Near.Gradient(tape => attention.Forward(tape, x), attention, x);
        var block = new TransformerBlock(8, 2, _random, widening: 2);
        Near.Gradient(tape => block.Forward(tape, x), block, x);
        var embedding = new Embedding(5, 8, _random);
        Near.Gradient(tape => embedding.Logits(tape, x), embedding, x);
    }

    [Fact]
    public void Attention_that_is_normalized_and_knows_the_time()
    {
        float[] bars = [0, 0.25f, 0.25f, 0.5f, 1, 3, 3.5f, 4, 3.75f, 3.75f];
        var x = Near.Random([2, 5, 8]);
        var attention = new CausalAttention(8, 2, _random, normalized: true);
        Near.Gradient(tape => attention.Forward(tape, x, null, tape.Turns(2, 5, 4, bars: bars)), attention, x);
    }

    [Fact]
    public void Attention_to_a_cache_and_mixed_steps()
    {
        // A third sequence has a past of its own; all see four steps, some of them in the cache.
        var x = Near.Random([3, 5, 8], 3);
        var attention = new CausalAttention(8, 2, _random, mixed: 3);
        foreach (var parameter in attention.Parameters.Where(parameter => parameter.Name == "mixing.weight")) parameter.Normal(1, _random);
        var past = attention.CreateCache(3, 4);
        using (var tape = new Tape(training: false)) attention.Forward(tape, Near.Random([3, 6, 8], 4), past);
        past.Positions.Data[1] = 0;
        past.Positions.Data[2] = 2;
        var cache = attention.CreateCache(3, 4);
        Near.Gradient(
            tape =>
            {
                cache.CopyFrom(past);
                return attention.Forward(tape, x, cache);
            },
            attention, x);
    }
}
