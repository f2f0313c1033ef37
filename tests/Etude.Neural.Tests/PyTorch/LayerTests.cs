using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.PyTorch;

/// <summary>Results, gradients and ten optimizer steps agree with PyTorch's.</summary>
public sealed class LayerTests
{
    private readonly RandomSource _random = new(1);

    [Fact]
    public void Linear()
    {
        var layer = new Linear(5, 4, _random);
        new Fixture("linear").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void Embedding()
    {
        var layer = new Embedding(9, 4, _random);
        var fixture = new Fixture("embedding");
        int[] tokens = fixture.Integers("input.tokens");
        fixture.Check(layer, (tape, _) => layer.Forward(tape, tokens, 3, 7));
    }

    [Fact]
    public void Gru()
    {
        var layer = new Gru(5, 8, _random);
        new Fixture("gru").Check(layer, (tape, inputs) =>
        {
            var (y, state) = layer.Forward(tape, inputs["x"], inputs["h"]);
            return tape.Concatenate([y, tape.Reshape(state, [3, 1, 8])], axis: 1);
        });
    }

    [Theory]
    [InlineData("conv1d-none", ConvolutionPadding.None, 1)]
    [InlineData("conv1d-causal", ConvolutionPadding.Causal, 1)]
    [InlineData("conv1d-centred", ConvolutionPadding.Centred, 1)]
    [InlineData("conv1d-strided", ConvolutionPadding.Centred, 2)]
    public void Conv1d(string fixture, ConvolutionPadding padding, int stride)
    {
        var layer = new Conv1d(5, 4, 3, _random, padding, stride);
        new Fixture(fixture).Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void SeparableConv1d()
    {
        var layer = new SeparableConv1d(5, 4, 3, _random);
        new Fixture("separable-conv1d").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void BatchNorm()
    {
        var layer = new BatchNorm(5);
        new Fixture("batch-norm").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void BatchNorm_in_use()
    {
        var layer = new BatchNorm(5);
        var fixture = new Fixture("batch-norm-in-use");
        fixture.Load(layer);
        using var tape = new Tape(training: false);
        fixture.Result("y", layer.Forward(tape, fixture["x"]));
    }

    [Fact]
    public void LayerNorm()
    {
        var layer = new LayerNorm(5);
        new Fixture("layer-norm").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void RmsNorm()
    {
        var layer = new RmsNorm(5);
        new Fixture("rms-norm").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void DotAttention()
    {
        var layer = new DotAttention(4, 5, 3, _random);
        new Fixture("dot-attention").Check(
            layer, (tape, inputs) => layer.Forward(tape, inputs["query"], layer.Prepare(tape, inputs["memory"])).Context);
    }

    [Fact]
    public void AdditiveAttention()
    {
        var layer = new AdditiveAttention(4, 5, 3, _random);
        new Fixture("additive-attention").Check(
            layer, (tape, inputs) => layer.Forward(tape, inputs["query"], layer.Prepare(tape, inputs["memory"])).Context);
    }

    [Theory]
    [InlineData("causal-attention"), InlineData("causal-attention-long")]
    public void CausalAttention(string fixture)
    {
        var layer = new CausalAttention(8, 2, _random);
        new Fixture(fixture).Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"]));
    }

    [Fact]
    public void CausalAttention_of_a_short_context_with_mixed_steps()
    {
        var layer = new CausalAttention(8, 2, _random, mixed: 3);
        new Fixture("causal-attention-context").Check(layer, (tape, inputs) => layer.Forward(tape, inputs["x"], layer.CreateCache(2, 20)));
    }

    [Fact]
    public void Two_layers_of_lstm_with_a_carried_state()
    {
        var fixture = new Fixture("lstm");
        var stack = new Stack(_random);
        fixture.Load(stack);
        Tensor x = fixture["x"], h = fixture["h"], c = fixture["c"];
        x.RequiresGradient = h.RequiresGradient = c.RequiresGradient = true;
        using var tape = new Tape();
        var (y, final) = stack.Forward(tape, x, stack.Layers.Select((_, k) => new LstmState(Part(h, k), Part(c, k))).ToArray());
        var hn = tape.Concatenate([final[0].Hidden, final[1].Hidden], 0);
        var cn = tape.Concatenate([final[0].Cell, final[1].Cell], 0);
        fixture.Result("y", y);
        fixture.Result("hn", tape.Reshape(hn, h.Shape));
        fixture.Result("cn", tape.Reshape(cn, c.Shape));
        tape.Backward(tape.Add(
            tape.Sum(tape.Multiply(y, fixture["upstream.y"])),
            tape.Add(
                tape.Sum(tape.Multiply(tape.Reshape(hn, h.Shape), fixture["upstream.h"])),
                tape.Sum(tape.Multiply(tape.Reshape(cn, c.Shape), fixture["upstream.c"])))));
        fixture.GradientOf("gradient.x", x);
        fixture.GradientOf("gradient.h", h);
        fixture.GradientOf("gradient.c", c);
        foreach (var parameter in stack.Parameters) fixture.GradientOf($"gradient.{parameter.Name}", parameter);

        Gradients.Clear(stack.Parameters);
        x.RequiresGradient = h.RequiresGradient = c.RequiresGradient = false;
        var carried = stack.Layers.Select(layer => layer.CreateState(3)).ToArray();
        for (int k = 0; k < 2; k++) carried[k].CopyFrom(new LstmState(Part(h, k), Part(c, k)));
        var optimizer = new Adam(stack.Parameters, new AdamOptions { LearningRate = 0.01f });
        float[] losses = new float[10];
        for (int step = 0; step < 10; step++)
        {
            tape.Reset();
            (y, final) = stack.Forward(tape, x, carried);
            var loss = tape.MeanSquaredError(y, fixture["target"].Data);
            tape.Backward(loss.Tensor);
            optimizer.Step();
            for (int k = 0; k < 2; k++) carried[k].CopyFrom(final[k]);
            losses[step] = loss.Value;
        }

        fixture.After("losses", losses);
        fixture.After("end.h", [.. carried[0].Hidden.Data, .. carried[1].Hidden.Data]);
        fixture.After("end.c", [.. carried[0].Cell.Data, .. carried[1].Cell.Data]);
        foreach (var parameter in stack.Parameters) fixture.After($"end.{parameter.Name}", parameter.Data);

        Tensor Part(Tensor both, int k) => tape.Reshape(tape.SliceFirst(both, k, 1), [3, 8]);
    }

    private sealed class Stack : Module
    {
        public Stack(RandomSource random) => Layers = [Register("0", new Lstm(5, 8, random)), Register("1", new Lstm(8, 8, random))];

        public Lstm[] Layers { get; }

        public (Tensor Output, LstmState[] States) Forward(Tape tape, Tensor x, LstmState[] states)
        {
            var (first, state0) = Layers[0].Forward(tape, x, states[0]);
            var (second, state1) = Layers[1].Forward(tape, first, states[1]);
            return (second, [state0, state1]);
        }
    }
}
