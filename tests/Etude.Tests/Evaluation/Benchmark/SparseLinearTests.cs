using Etude.Evaluation.Benchmark;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class SparseLinearTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(144)]
    public void It_is_the_dense_layer(int outputs)
    {
        const int Inputs = 50, Rows = 9;
        var random = new Random(1);
        var layer = new SparseLinear(Inputs, outputs, new RandomSource(1));
        var dense = new Linear(Inputs, outputs, new RandomSource(2));
        Span<float> weight = layer.Parameters[0].Data;
        for (int i = 0; i < Inputs; i++)
        {
            for (int o = 0; o < outputs; o++) dense.Weight.Data[o * Inputs + i] = weight[i * outputs + o];
        }
        for (int o = 0; o < outputs; o++) layer.Parameters[1].Data[o] = dense.Bias!.Data[o] = random.NextSingle();

        var x = new Tensor([Rows, Inputs]);
        var sparse = new SparseRows();
        for (int row = 0; row < Rows; row++)
        {
            Span<float> numbers = x.Data.Slice(row * Inputs, Inputs);
            for (int i = 0; i < Inputs; i++) numbers[i] = random.Next(4) == 0 && row != 3 ? random.NextSingle() - 0.5f : 0;
            sparse.Add(numbers);
        }
        using var tape = new Tape();
        Tensor y = layer.Forward(tape, sparse), expected = dense.Forward(tape, x);
        Near(expected.Data, y.Data);
        // A loss in which every output counts differently.
        tape.Backward(tape.Sum(tape.Multiply(y, y)));
        using var other = new Tape();
        Tensor again = dense.Forward(other, x);
        other.Backward(other.Sum(other.Multiply(again, again)));
        Near(dense.Bias!.Gradient, layer.Parameters[1].Gradient);
        var turned = new float[Inputs * outputs];
        for (int i = 0; i < turned.Length; i++) turned[i] = dense.Weight.Gradient[i % outputs * Inputs + i / outputs];
        Near(turned, layer.Parameters[0].Gradient);
    }

    [Fact]
    public void Dropout_keeps_the_mean()
    {
        var rows = new SparseRows();
        var random = new Random(1);
        float[] ones = [.. Enumerable.Repeat(1f, 10_000)];
        rows.Add(ones, 0.25f, random);
        Assert.InRange(rows.PlacesOf(0).Length, 7300, 7700);
        Assert.All(rows.ValuesOf(0).ToArray(), value => Assert.Equal(1 / 0.75f, value));
    }

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
