using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class ActivationsTests
{
    private delegate void Forward(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Backward(ReadOnlySpan<float> saved, ReadOnlySpan<float> dY, Span<float> dX);

    public static TheoryData<int> Lengths => Numbers.LengthData;

    private static double GeluOf(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    private static double GeluSlope(double x) => (GeluOf(x + 1e-5) - GeluOf(x - 1e-5)) / 2e-5;

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sigmoid(int length) => Check(
        length, Activations.Sigmoid, x => 1 / (1 + Math.Exp(-x)), Activations.SigmoidBackward, fromOutput: true,
        x => Math.Exp(-x) / Math.Pow(1 + Math.Exp(-x), 2));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Tanh(int length) => Check(
        length, Activations.Tanh, Math.Tanh, Activations.TanhBackward, fromOutput: true, x => 1 - Math.Tanh(x) * Math.Tanh(x));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Relu(int length) => Check(
        length, Activations.Relu, x => Math.Max(x, 0), Activations.ReluBackward, fromOutput: true, x => x > 0 ? 1 : 0);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Elu(int length) => Check(
        length, (x, y) => Activations.Elu(x, 0.8f, y), x => x > 0 ? x : (double)0.8f * (Math.Exp(x) - 1),
        (y, dY, dX) => Activations.EluBackward(y, 0.8f, dY, dX), fromOutput: true, x => x > 0 ? 1 : (double)0.8f * Math.Exp(x));

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Gelu(int length) => Check(
        length, Activations.Gelu, GeluOf, Activations.GeluBackward, fromOutput: false, GeluSlope);

    private static void Check(int length, Forward forward, Func<double, double> f, Backward backward, bool fromOutput, Func<double, double> slope)
    {
        float[] x = Numbers.Uniform(1, length, -6, 6), dY = Numbers.Uniform(2, length), dX = Numbers.Uniform(3, length), y = new float[length];
        forward(x, y);
        Numbers.AssertClose([.. x.Select(value => f(value))], y, 1e-6);

        double[] expected = [.. x.Select((value, i) => dX[i] + dY[i] * slope(value))];
        backward(fromOutput ? y : x, dY, dX);
        Numbers.AssertClose(expected, dX, 2e-6);

        forward(x, x);
        Assert.Equal(y, x);
    }
}
