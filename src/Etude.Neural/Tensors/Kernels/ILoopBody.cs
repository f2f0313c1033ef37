namespace Etude.Neural.Tensors.Kernels;

/// <summary>The body of a loop over the elements of a matrix, each computed from elements at the same place; see <see cref="Loop"/>.</summary>
internal interface ILoopBody
{
    /// <summary>Does elements <paramref name="i"/> to i + T.Width - 1 of a row.</summary>
    void Do<T>(int row, int i) where T : struct, ILanes<T>;
}
