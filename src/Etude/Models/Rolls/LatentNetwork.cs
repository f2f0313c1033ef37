using Etude.Neural.Autograd;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>A network that squeezes a window of a roll into a few numbers, the latent, and makes a window of a latent.</summary>
public abstract class LatentNetwork : RollNetwork
{
    private protected LatentNetwork(int width, int steps) : base(width, steps)
    {
    }

    /// <summary>How many numbers.</summary>
    public abstract int Latent { get; }

    /// <inheritdoc/>
    public override int Window => Steps;

    /// <inheritdoc/>
    public override int FirstTarget => 0;

    /// <inheritdoc/>
    public override int Targets => Steps;

    /// <summary>The latents of windows, [batch, steps, width] to [batch, latent]; without chance.</summary>
    public abstract Tensor Encode(Tape tape, Tensor window);

    /// <summary>The logits of the cells of windows, [batch, latent] to [batch, steps, width].</summary>
    public abstract Tensor Decode(Tape tape, Tensor latent);
}
