namespace Etude.Neural.Tensors.Kernels;

/// <summary>A number of rows that is a constant to the compiler.</summary>
internal interface IRowCount
{
    static abstract int Count { get; }
}
