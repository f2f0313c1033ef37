using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.PyTorch;

/// <summary>Activations, losses and optimizers agree with PyTorch's.</summary>
public sealed class FunctionTests
{
    private static readonly Dictionary<string, Func<Tape, Tensor, Tensor>> Activations = new()
    {
        ["relu"] = (tape, x) => tape.Relu(x),
        ["elu"] = (tape, x) => tape.Elu(x),
        ["gelu"] = (tape, x) => tape.Gelu(x),
        ["tanh"] = (tape, x) => tape.Tanh(x),
        ["sigmoid"] = (tape, x) => tape.Sigmoid(x),
        ["softmax"] = (tape, x) => tape.Softmax(x),
    };

    private static readonly Dictionary<string, Func<IReadOnlyList<Parameter>, Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => new Sgd(p, new() { LearningRate = 0.1f }),
        ["sgd-momentum"] = p => new Sgd(p, new() { LearningRate = 0.1f, Momentum = 0.9f, WeightDecay = 0.01f }),
        ["sgd-nesterov"] = p => new Sgd(p, new() { LearningRate = 0.1f, Momentum = 0.9f, Nesterov = true }),
        ["rmsprop"] = p => new RmsProp(p, new() { LearningRate = 0.01f }),
        ["rmsprop-momentum"] = p => new RmsProp(p, new() { LearningRate = 0.01f, Decay = 0.9f, Momentum = 0.5f, WeightDecay = 0.01f }),
        ["adam"] = p => new Adam(p, new() { LearningRate = 0.01f }),
        ["adam-decay"] = p => new Adam(p, new() { LearningRate = 0.01f, Beta1 = 0.8f, Beta2 = 0.99f, WeightDecay = 0.1f }),
        ["adamw"] = p => new Adam(p, new() { LearningRate = 0.01f, WeightDecay = 0.1f, DecoupledWeightDecay = true }),
        ["adam-clipped"] = p => new Adam(p, new() { LearningRate = 0.01f }),
    };

    public static TheoryData<string> ActivationNames => [.. Activations.Keys];

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(ActivationNames))]
    public void Activation(string name)
    {
        var fixture = new Fixture("activations");
        var x = fixture["x"];
        x.RequiresGradient = true;
        using var tape = new Tape();
        var y = Activations[name](tape, x);
        fixture.Result($"y.{name}", y);
        tape.Backward(tape.Sum(tape.Multiply(y, fixture["upstream"])));
        fixture.GradientOf($"gradient.{name}", x);
    }

    [Theory]
    [InlineData("cross-entropy"), InlineData("cross-entropy-smoothed"), InlineData("cross-entropy-weighted")]
    [InlineData("binary"), InlineData("binary-weighted"), InlineData("focal-sum"), InlineData("focal-mean"), InlineData("squared")]
    public void Loss(string name)
    {
        var fixture = new Fixture("losses");
        var logits = fixture["logits"];
        logits.RequiresGradient = true;
        int[] classes = fixture.Integers("classes");
        float[] binary = [.. fixture["binary"].Data], weights = [.. fixture["weights"].Data];
        using var tape = new Tape();
        var loss = name switch
        {
            "cross-entropy" => tape.CrossEntropy(logits, classes),
            "cross-entropy-smoothed" => tape.CrossEntropy(logits, classes, 0.1f),
            "cross-entropy-weighted" => tape.CrossEntropy(logits, classes, 0.1f, weights),
            "binary" => tape.BinaryCrossEntropy(logits, binary),
            "binary-weighted" => tape.BinaryCrossEntropy(logits, binary, 3),
            "focal-sum" => tape.Focal(logits, binary, new() { Alpha = 0.75f, Mean = false }),
            "focal-mean" => tape.Focal(logits, binary, new()),
            _ => tape.MeanSquaredError(logits, binary),
        };
        fixture.Result($"value.{name}", loss.Tensor);
        tape.Backward(loss.Tensor);
        fixture.GradientOf($"gradient.{name}", logits);
    }

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void Optimizer_after_ten_steps(string name)
    {
        var fixture = new Fixture("optimizers");
        var parameter = new Parameter([3, 4]);
        parameter.CopyFrom(fixture["start"]);
        var optimizer = Optimizers[name]([parameter]);
        var gradients = fixture["gradients"];
        for (int step = 0; step < 10; step++)
        {
            gradients.Data.Slice(step * 12, 12).CopyTo(parameter.Gradient);
            if (name == "adam-clipped") Gradients.ClipByNorm([parameter], 2);
            optimizer.Step();
        }

        fixture.After($"end.{name}", parameter.Data);
        Assert.Equal(new float[12], parameter.Gradient);
    }

    [Fact]
    public void Muon_after_ten_steps()
    {
        var fixture = new Fixture("muon");
        (string Name, Parameter Parameter)[] all =
        [
            ("wide", new Parameter([8, 7]) { Maps = 2 }), ("tall", new Parameter([9, 4]) { Maps = 1 }), ("vector", new Parameter([5])),
        ];
        foreach (var (name, parameter) in all) parameter.CopyFrom(fixture[$"start.{name}"]);
        foreach (var (name, parameter) in all)
        {
            var optimizer = new Muon([parameter], new() { LearningRate = 0.01f, WeightDecay = 0.1f });
            for (int step = 0; step < 10; step++)
            {
                fixture[$"gradients.{name}"].Data.Slice(step * parameter.Length, parameter.Length).CopyTo(parameter.Gradient);
                optimizer.Step();
            }

            fixture.After($"end.{name}", parameter.Data);
        }
    }
}
