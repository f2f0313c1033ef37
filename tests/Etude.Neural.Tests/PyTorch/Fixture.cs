using Etude.Neural.Autograd;
using Etude.Neural.Checkpoints;
using Etude.Neural.Layers;
using Etude.Neural.Losses;
using Etude.Neural.Operations;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.PyTorch;

/// <summary>What bench/peers/fixtures/write_fixtures.py wrote.</summary>
internal sealed class Fixture(string name)
{
    // Relative to the largest value of a tensor. Adam divides by the root of squares, which magnifies rounding.
    private const double Forward = 2e-6, Gradient = 2e-5, AfterTenSteps = 2e-4;

    private readonly SafetensorsFile _file = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Fixtures", $"{name}.safetensors"));

    public Tensor this[string key] => _file.Tensors[key].ToTensor();

    public int[] Integers(string key) => [.. _file.Tensors[key].ToIntegers().Select(value => (int)value)];

    public bool Has(string key) => _file.Tensors.ContainsKey(key);

    public void Load(Module module)
    {
        foreach (var parameter in module.State) parameter.CopyFrom(this[$"start.{parameter.Name}"]);
    }

    public void Result(string key, Tensor actual) => Near.Equal(this[key].Data, actual.Data, Forward, $"{name} {key}");

    public void GradientOf(string key, Tensor actual) => Near.Equal(this[key].Data, actual.Gradient, Gradient, $"{name} {key}");

    public void After(string key, ReadOnlySpan<float> actual) => Near.Equal(this[key].Data, actual, AfterTenSteps, $"{name} {key}");

    /// <summary>Results, gradients and ten steps of Adam of one layer.</summary>
    public void Check(Module module, Func<Tape, Dictionary<string, Tensor>, Tensor> forward)
    {
        Load(module);
        var inputs = _file.Tensors
            .Where(entry => entry.Key.StartsWith("input.", StringComparison.Ordinal) && entry.Value.Type == SafetensorsType.F32)
            .ToDictionary(entry => entry.Key["input.".Length..], entry => entry.Value.ToTensor());
        foreach (var input in inputs.Values) input.RequiresGradient = true;
        using var tape = new Tape();
        var y = forward(tape, inputs);
        Result("y", y);
        tape.Backward(tape.Sum(tape.Multiply(y, this["upstream"])));
        foreach (var (key, input) in inputs) GradientOf($"gradient.input.{key}", input);
        foreach (var parameter in module.Parameters) GradientOf($"gradient.{parameter.Name}", parameter);
        foreach (var parameter in module.State.Except(module.Parameters)) Result($"once.{parameter.Name}", parameter);

        Gradients.Clear(module.Parameters);
        var optimizer = new Adam(module.Parameters, new AdamOptions { LearningRate = 0.01f });
        float[] losses = new float[10];
        foreach (ref float value in losses.AsSpan())
        {
            tape.Reset();
            var loss = tape.MeanSquaredError(forward(tape, inputs), this["target"].Data);
            tape.Backward(loss.Tensor);
            optimizer.Step();
            value = loss.Value;
        }

        After("losses", losses);
        foreach (var parameter in module.State) After($"end.{parameter.Name}", parameter.Data);
    }
}
