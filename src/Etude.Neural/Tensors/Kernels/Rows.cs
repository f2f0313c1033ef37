namespace Etude.Neural.Tensors.Kernels;

/// <summary>Picking rows out of a table and adding rows into it, as an embedding does.</summary>
internal static class Rows
{
    // Columns of a part: eight cache lines.
    private const int PartColumns = 128;

    /// <summary>destination[i] = table[indices[i]]</summary>
    /// <param name="table">[any, width]</param>
    /// <param name="destination">[indices, width]</param>
    public static void Gather(ReadOnlySpan<float> table, int width, ReadOnlySpan<int> indices, Span<float> destination)
    {
        (int rowsPerPart, int parts) = Kernel.Cut(indices.Length, width);
        Workers.For(parts, new GatherWork(table, width, rowsPerPart, indices, destination[..(indices.Length * width)]));
    }

    /// <summary>table[indices[i]] += source[i]; rows that meet in one place are added in the order of i.</summary>
    /// <param name="source">[indices, width]</param>
    /// <param name="table">[any, width]</param>
    public static void ScatterAdd(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> indices, Span<float> table)
    {
        int parts = indices.Length * width < 2 * Kernel.PartLength ? 1 : (width + PartColumns - 1) / PartColumns;
        Kernel.Run(parts, new ScatterKernel(source, width, parts == 1 ? width : PartColumns, indices, table));
    }

    private readonly ref struct GatherWork(
        ReadOnlySpan<float> table, int width, int rowsPerPart, ReadOnlySpan<int> indices, Span<float> destination) : IWork
    {
        private readonly ReadOnlySpan<float> table = table;
        private readonly ReadOnlySpan<int> indices = indices;
        private readonly Span<float> destination = destination;

        public void Run(int index)
        {
            int end = Math.Min(indices.Length, (index + 1) * rowsPerPart);
            for (int i = index * rowsPerPart; i < end; i++) table.Slice(indices[i] * width, width).CopyTo(destination.Slice(i * width, width));
        }
    }

    // Each part adds all rows, in order, but only its own columns of them.
    private readonly ref struct ScatterKernel(
        ReadOnlySpan<float> source, int width, int partColumns, ReadOnlySpan<int> indices, Span<float> table) : IKernel
    {
        private readonly ReadOnlySpan<float> source = source;
        private readonly ReadOnlySpan<int> indices = indices;
        private readonly Span<float> table = table;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int column = part * partColumns, length = Math.Min(partColumns, width - column);
            for (int i = 0; i < indices.Length; i++)
            {
                Span<float> row = table.Slice(indices[i] * width + column, length);
                Map.Here<T, Functions.Plus>(default, row, source.Slice(i * width + column, length), row);
            }
        }
    }
}
