namespace Etude.Neural.Tensors.Kernels;

/// <summary>Picking rows out of a table and adding rows into it, as an embedding does.</summary>
internal static class Rows
{
    /// <summary>destination[i] = table[indices[i]]</summary>
    /// <param name="table">[any, width]</param>
    /// <param name="destination">[indices, width]</param>
    public static void Gather(ReadOnlySpan<float> table, int width, ReadOnlySpan<int> indices, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++) table.Slice(indices[i] * width, width).CopyTo(destination.Slice(i * width, width));
    }

    /// <summary>table[indices[i]] += source[i]; rows that meet in one place are added in the order of i.</summary>
    /// <param name="source">[indices, width]</param>
    /// <param name="table">[any, width]</param>
    public static void ScatterAdd(ReadOnlySpan<float> source, int width, ReadOnlySpan<int> indices, Span<float> table)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            Span<float> row = table.Slice(indices[i] * width, width);
            Elementwise.Add(row, source.Slice(i * width, width), row);
        }
    }
}
