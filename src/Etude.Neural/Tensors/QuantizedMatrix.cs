using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tensors;

/// <summary>A matrix in a quarter of the room: each row a scale and 8-bit integers from -127 to 127 that it multiplies.</summary>
public sealed class QuantizedMatrix
{
    internal const int Limit = 127;

    private readonly sbyte[] _values;
    private readonly float[] _scales;

    internal QuantizedMatrix(sbyte[] values, float[] scales) => (_values, _scales) = (values, scales);

    /// <summary>Rounds a matrix, each row by its largest value.</summary>
    /// <param name="matrix">[rows, columns]</param>
    public QuantizedMatrix(Tensor matrix)
    {
        int rows = matrix.Shape[0], columns = matrix.Length / rows;
        (_values, _scales) = (new sbyte[matrix.Length], new float[rows]);
        for (int row = 0; row < rows; row++)
        {
            var values = matrix.Data.Slice(row * columns, columns);
            float largest = 0;
            foreach (float value in values) largest = MathF.Max(largest, MathF.Abs(value));
            _scales[row] = largest / Limit;
            if (largest == 0) continue;
            for (int i = 0; i < columns; i++) _values[row * columns + i] = (sbyte)MathF.Round(values[i] / _scales[row]);
        }
    }

    /// <summary>Rows.</summary>
    public int Rows => _scales.Length;

    /// <summary>Columns.</summary>
    public int Columns => _values.Length / _scales.Length;

    /// <summary>[rows, columns]</summary>
    public ReadOnlySpan<sbyte> Values => _values;

    /// <summary>[rows]</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>The values that the integers stand for.</summary>
    /// <param name="values">[rows, columns]</param>
    public void CopyTo(Span<float> values)
    {
        for (int i = 0; i < _values.Length; i++) values[i] = _values[i] * _scales[i / Columns];
    }

    /// <summary>y = W x + bias, or y += W x + bias when <paramref name="accumulate"/>.</summary>
    internal void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> bias, Span<float> y, bool accumulate) =>
        QuantizedGemv.Multiply(Rows, Columns, _values, _scales, x, bias, y, accumulate);
}
