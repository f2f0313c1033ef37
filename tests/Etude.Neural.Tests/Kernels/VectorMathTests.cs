using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class VectorMathTests
{
    // From large to tiny of both signs, and a dense sweep.
    private static float[] Sweep(float most)
    {
        var values = new List<float> { 0, -0f };
        for (float size = 1e-30f; size < most; size *= 1.7f) values.AddRange([size, -size]);
        for (int i = -20_000; i <= 20_000; i++) values.Add(i * most / 20_000);
        return [.. values];
    }

    [Fact]
    public void Exp_is_within_its_promise()
    {
        float[] x = Sweep(87), y = new float[x.Length];
        Elementwise.Exp(x, y);
        for (int i = 0; i < x.Length; i++) Assert.InRange(y[i] / Math.Exp(x[i]), 1 - 2e-7, 1 + 2e-7);
    }

    [Fact]
    public void Exp_saturates_and_keeps_NaN()
    {
        // Thirty-two of each, so that every width meets them.
        foreach ((float x, float expected) in ((float, float)[])[
            (float.NegativeInfinity, 0), (-1e30f, 0), (-110, 0), (0, 1), (89, float.PositiveInfinity), (1e30f, float.PositiveInfinity),
            (float.PositiveInfinity, float.PositiveInfinity), (float.NaN, float.NaN)])
        {
            float[] many = [.. Enumerable.Repeat(x, 33)];
            Elementwise.Exp(many, many);
            Assert.All(many, value => Assert.Equal(expected, value));
        }
    }

    [Fact]
    public void Sigmoid_and_tanh_keep_relative_precision()
    {
        float[] x = Sweep(20), sigmoid = new float[x.Length], tanh = new float[x.Length];
        Activations.Sigmoid(x, sigmoid);
        Activations.Tanh(x, tanh);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.InRange(sigmoid[i] * (1 + Math.Exp(-x[i])), 1 - 4e-7, 1 + 4e-7);
            if (x[i] != 0) Assert.InRange(tanh[i] / Math.Tanh(x[i]), 1 - 6e-7, 1 + 6e-7);
            else Assert.Equal(0, tanh[i]);
        }
    }

    [Theory]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, 1, 1)]
    [InlineData(float.NegativeInfinity, 0, -1)]
    [InlineData(200, 1, 1)]
    [InlineData(-200, 0, -1)]
    public void Sigmoid_and_tanh_at_the_ends(float x, float sigmoid, float tanh)
    {
        float[] many = [.. Enumerable.Repeat(x, 33)], result = new float[33];
        Activations.Sigmoid(many, result);
        Assert.All(result, value => Assert.Equal(sigmoid, value));
        Activations.Tanh(many, result);
        Assert.All(result, value => Assert.Equal(tanh, value));
    }
}
