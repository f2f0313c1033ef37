using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>
/// Draws z = m + exp(v / 2) e, e standard normal, from means m and log variances v, and measures the divergence from the
/// standard normal distribution, the mean over rows of the sum of (m^2 + exp(v) - 1 - v) / 2 (Kingma and Welling 2014).
/// </summary>
internal static class Reparameterization
{
    /// <param name="tape">Where the results live and are recorded.</param>
    /// <param name="parameters">[batch, 2 latent]: m, then v.</param>
    /// <param name="random">The source of e.</param>
    /// <returns>z, [batch, latent], and the divergence, [1].</returns>
    public static (Tensor Latent, Tensor Divergence) Draw(Tape tape, Tensor parameters, RandomSource random)
    {
        int batch = parameters.Shape[0], latent = parameters.Shape[1] / 2;
        Tensor z = tape.Allocate([batch, latent], parameters.RequiresGradient);
        Tensor spread = tape.Allocate([batch, latent]); // exp(v / 2) e
        Tensor divergence = tape.Allocate([1], parameters.RequiresGradient);
        double sum = 0;
        for (int row = 0; row < batch; row++)
        {
            for (int i = 0; i < latent; i++)
            {
                float m = parameters.Data[(row * 2 * latent) + i], v = parameters.Data[(((row * 2) + 1) * latent) + i];
                float drawn = MathF.Exp(v / 2) * random.NextNormal();
                spread.Data[(row * latent) + i] = drawn;
                z.Data[(row * latent) + i] = m + drawn;
                sum += ((m * m) + MathF.Exp(v) - 1 - v) / 2;
            }
        }
        divergence.Data[0] = (float)(sum / batch);
        if (z.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Parameters, operation.Latent, operation.Spread, operation.Divergence) = (parameters, z, spread, divergence);
        }
        return (z, divergence);
    }

    private sealed class Operation : Neural.Autograd.Operation
    {
        public Tensor Parameters = null!, Latent = null!, Spread = null!, Divergence = null!;

        public override void Backward()
        {
            int batch = Latent.Shape[0], latent = Latent.Shape[1];
            float scale = Divergence.Gradient[0] / batch;
            for (int row = 0; row < batch; row++)
            {
                for (int i = 0; i < latent; i++)
                {
                    int mean = (row * 2 * latent) + i, log = mean + latent;
                    float dZ = Latent.Gradient[(row * latent) + i];
                    Parameters.Gradient[mean] += dZ + (scale * Parameters.Data[mean]);
                    Parameters.Gradient[log] += (dZ * Spread.Data[(row * latent) + i] / 2) + (scale * (MathF.Exp(Parameters.Data[log]) - 1) / 2);
                }
            }
        }
    }
}
