using Etude.Neural.Tensors;

namespace Etude.Neural.Layers;

/// <summary>What an <see cref="Lstm"/> carries from step to step.</summary>
/// <param name="Hidden">h, [batch, units].</param>
/// <param name="Cell">c, [batch, units].</param>
public readonly record struct LstmState(Tensor Hidden, Tensor Cell)
{
    /// <summary>
    /// Copies the values of a state, without its gradient: how a state leaves its tape and is carried to the next
    /// training step (truncated back-propagation through time).
    /// </summary>
    public void CopyFrom(LstmState source)
    {
        Hidden.CopyFrom(source.Hidden);
        Cell.CopyFrom(source.Cell);
    }

    /// <summary>Back to zeros.</summary>
    public void Clear()
    {
        Hidden.Data.Clear();
        Cell.Data.Clear();
    }
}
