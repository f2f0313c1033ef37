using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests;

/// <summary>Comparisons that say where they failed.</summary>
internal static class Near
{
    internal static void Gradient(Func<Tape, Tensor> function, params ReadOnlySpan<Tensor> inputs)
    {
        var result = GradientCheck.Run(function, inputs);
        Assert.True(result.Error < 2e-3, result.ToString());
    }

    internal static void Gradient(Func<Tape, Tensor> function, Module module, params ReadOnlySpan<Tensor> inputs) =>
        Gradient(function, [.. inputs, .. module.Parameters]);

    /// <summary>Equal within a part of the largest expected value.</summary>
    internal static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1e-6, worst = 0;
        int place = 0;
        foreach (float value in expected) scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            if (!(error <= worst)) (worst, place) = (double.IsNaN(error) ? double.PositiveInfinity : error, i);
        }

        Assert.True(worst <= tolerance * scale, $"{what}[{place}]: {actual[place]} instead of {expected[place]}, the largest being {scale}");
    }

    internal static Tensor Random(Shape shape, ulong seed = 1) => new Tensor(shape).Normal(1, new RandomSource(seed));
}
