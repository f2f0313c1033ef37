using Etude.Neural.Tensors;

namespace Etude.Neural.Operations;

/// <summary>The one broadcast there is: a row [channels] against every row of a tensor.</summary>
internal static class Broadcasting
{
    /// <summary>True where <paramref name="right"/> is a row for <paramref name="left"/>, false where shapes are equal.</summary>
    /// <exception cref="ArgumentException">Neither is so.</exception>
    internal static bool IsRow(Tensor left, Tensor right)
    {
        if (left.Shape == right.Shape) return false;
        if (right.Shape.Rank == 1 && right.Length == left.Shape.Channels) return true;
        throw new ArgumentException($"{right.Shape} fits neither {left.Shape} nor a row of it.", nameof(right));
    }
}
