using Etude.Models.Rolls;
using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Tests.Models.Rolls;

public sealed class ReparameterizationTests
{
    [Fact]
    public void Its_gradients_are_those_of_finite_differences()
    {
        var parameters = new Tensor([2, 6], [0.3f, -1f, 0.5f, 0.2f, -0.4f, 1f, 1.5f, 0f, -0.7f, -1f, 0.6f, 0.1f]) { RequiresGradient = true };
        using var tape = new Tape();
        tape.Backward(Loss(tape, parameters));
        tape.Reset();
        float[] gradient = parameters.Gradient.ToArray();
        const float small = 1e-2f;
        for (int i = 0; i < gradient.Length; i++)
        {
            float kept = parameters.Data[i];
            parameters.Data[i] = kept + small;
            double above = Loss(tape, parameters).Scalar;
            parameters.Data[i] = kept - small;
            double below = Loss(tape, parameters).Scalar;
            parameters.Data[i] = kept;
            tape.Reset();
            Assert.Equal((above - below) / (2 * small), gradient[i], 2e-3);
        }
    }

    [Fact]
    public void A_standard_normal_latent_has_no_divergence()
    {
        using var tape = new Tape();
        Assert.Equal(0, Reparameterization.Draw(tape, new Tensor([3, 4]), new RandomSource(1)).Divergence.Scalar);
    }

    // Weighted squares of z and the divergence, so that no gradient is zero by symmetry; the same draw each time.
    private static Tensor Loss(Tape tape, Tensor parameters)
    {
        (Tensor latent, Tensor divergence) = Reparameterization.Draw(tape, parameters, new RandomSource(5));
        return tape.Add(tape.Sum(tape.Multiply(latent, latent)), tape.Scale(divergence, 0.7f));
    }
}
