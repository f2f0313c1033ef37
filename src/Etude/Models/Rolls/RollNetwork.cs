using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models.Rolls;

/// <summary>A network that reads and predicts steps of a piano roll, each a vector of zeros and ones.</summary>
public abstract class RollNetwork : Module
{
    private protected RollNetwork(int width, int steps) => (Width, Steps) = (width, steps);

    /// <summary>The columns of the roll.</summary>
    public int Width { get; }

    /// <summary>The steps that a recipe's <c>training.steps</c> asks for.</summary>
    public int Steps { get; }

    /// <summary>How many steps of a roll one training window holds.</summary>
    public abstract int Window { get; }

    /// <summary>The first step of a window that is predicted.</summary>
    public abstract int FirstTarget { get; }

    /// <summary>How many steps of a window, in a row, are predicted.</summary>
    public abstract int Targets { get; }

    /// <summary>The bias of the last layer: of each column, or of each cell of a window.</summary>
    private protected abstract Parameter OutputBias { get; }

    /// <summary>
    /// Lets every column begin at its share of steps in the data. From even odds training finds silence first, and there
    /// the slopes of a sigmoid with squared errors are so small that some networks never leave it.
    /// </summary>
    /// <param name="shares">[width], each above 0 and below 1</param>
    internal void BeginAt(ReadOnlySpan<double> shares)
    {
        Span<float> bias = OutputBias.Data;
        for (int i = 0; i < bias.Length; i++)
        {
            double share = shares[i % Width];
            bias[i] = (float)Math.Log(share / (1 - share));
        }
    }

    /// <summary>Predicts the targets of windows.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="window">[batch, <see cref="Window"/>, <see cref="Width"/>]</param>
    /// <param name="feeding">What is read where a network reads its own past.</param>
    public abstract RollPass Forward(Tape tape, Tensor window, Feeding feeding);
}
