namespace Etude.Neural.Tensors.Kernels;

/// <summary>Arithmetic on vectors of equal length. A destination may be one of its sources, never a shifted part of one.</summary>
internal static class Elementwise
{
    /// <summary>destination = left + right</summary>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] + right[i];
    }

    /// <summary>destination = left - right</summary>
    public static void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] - right[i];
    }

    /// <summary>destination = left * right</summary>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] * right[i];
    }

    /// <summary>destination = left / right</summary>
    public static void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = left[i] / right[i];
    }

    /// <summary>destination += left * right</summary>
    public static void MultiplyAdd(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] += left[i] * right[i];
    }

    /// <summary>destination = source * factor</summary>
    public static void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] * factor;
    }

    /// <summary>destination += source * factor</summary>
    public static void ScaleAdd(ReadOnlySpan<float> source, float factor, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] += source[i] * factor;
    }

    /// <summary>destination = source + value</summary>
    public static void AddScalar(ReadOnlySpan<float> source, float value, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = source[i] + value;
    }

    /// <summary>Adds one row, such as a bias, to each row of a matrix [rows, row.Length].</summary>
    public static void AddRow(int rows, ReadOnlySpan<float> row, Span<float> matrix)
    {
        for (int i = 0; i < rows; i++) Add(matrix.Slice(i * row.Length, row.Length), row, matrix.Slice(i * row.Length, row.Length));
    }

    /// <summary>Writes one row, such as a bias, into each row of a matrix [rows, row.Length].</summary>
    public static void FillRows(int rows, ReadOnlySpan<float> row, Span<float> matrix)
    {
        for (int i = 0; i < rows; i++) row.CopyTo(matrix.Slice(i * row.Length, row.Length));
    }

    /// <summary>destination = e^source</summary>
    public static void Exp(ReadOnlySpan<float> source, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = MathF.Exp(source[i]);
    }
}
