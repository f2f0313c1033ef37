namespace Etude.Neural.Tensors.Kernels;

/// <summary>The right-hand matrix of a product, laid out once for <see cref="Gemm"/> and used many times.</summary>
internal sealed class PackedMatrix
{
    private readonly float[] values;

    public PackedMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        values = new float[rows * columns];
    }

    /// <summary>k: rows of B.</summary>
    public int Rows { get; }

    /// <summary>n: columns of B.</summary>
    public int Columns { get; }

    internal ReadOnlySpan<float> Values => values;

    /// <summary>Takes new values, in place: op(<paramref name="b"/>) is [Rows, Columns].</summary>
    public void Pack(ReadOnlySpan<float> b, int ldb, bool transpose)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                values[row * Columns + column] = transpose ? b[column * ldb + row] : b[row * ldb + column];
            }
        }
    }
}
