namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// The right-hand matrix of a product, laid out once for <see cref="Gemm"/> and used many times, such as recurrent weights
/// over the time steps of a sequence.
/// </summary>
/// <remarks>Slabs of <see cref="Gemm.SlabDepth"/> rows, each of panels [depth, two vectors] one after the other.</remarks>
internal sealed unsafe class PackedMatrix
{
    private readonly GrowingBuffer buffer = new();

    public PackedMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Values = buffer.Reserve(checked(rows * Gemm.PaddedColumns(columns)));
    }

    /// <summary>k: rows of B.</summary>
    public int Rows { get; }

    /// <summary>n: columns of B.</summary>
    public int Columns { get; }

    internal float* Values { get; }

    /// <summary>Takes new values, in place: op(<paramref name="b"/>) is [Rows, Columns].</summary>
    public void Pack(ReadOnlySpan<float> b, int ldb, bool transpose)
    {
        for (int start = 0; start < Rows; start += Gemm.SlabDepth)
        {
            int depth = Math.Min(Gemm.SlabDepth, Rows - start);
            Gemm.PackColumns(b, ldb, transpose, start, depth, Columns, Values + (nint)start * Gemm.PaddedColumns(Columns));
        }
    }
}
