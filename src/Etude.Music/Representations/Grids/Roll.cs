using System.Numerics;

namespace Etude.Music.Representations.Grids;

/// <summary>
/// A piano roll of zeros and ones, [steps, width], kept one bit a cell. What a column means is said by the
/// <see cref="RollRepresentation"/> that made it.
/// </summary>
public sealed class Roll
{
    private readonly ulong[] _bits;
    private readonly int _words;

    /// <summary>An empty roll.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of steps, or no column.</exception>
    public Roll(int steps, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Steps, Width, _words) = (steps, width, (width + 63) / 64);
        _bits = new ulong[(long)steps * _words];
    }

    /// <summary>The number of rows.</summary>
    public int Steps { get; }

    /// <summary>The number of columns.</summary>
    public int Width { get; }

    /// <summary>The number of ones.</summary>
    public long Count => _bits.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>The share of ones, 0 to 1; 0 for a roll without steps.</summary>
    public double Density => Steps == 0 ? 0 : Count / ((double)Steps * Width);

    /// <summary>One cell.</summary>
    public bool this[int step, int column]
    {
        get => (_bits[Word(step, column)] >> column & 1) != 0;
        set
        {
            ref ulong word = ref _bits[Word(step, column)];
            word = value ? word | 1UL << column : word & ~(1UL << column);
        }
    }

    /// <summary>Writes rows as zeros and ones.</summary>
    /// <param name="firstStep">The first row; rows beyond the end of the roll are all zeros.</param>
    /// <param name="cells">[steps, width]: as many rows as it holds are written.</param>
    /// <exception cref="ArgumentException"><paramref name="cells"/> holds no whole number of rows.</exception>
    public void CopyTo(int firstStep, Span<float> cells)
    {
        if (cells.Length % Width != 0) throw new ArgumentException($"{cells.Length} cells are no whole rows of {Width}.", nameof(cells));
        cells.Clear();
        int rows = Math.Min(cells.Length / Width, Steps - firstStep);
        for (int row = 0; row < rows; row++)
        {
            for (int word = 0; word < _words; word++)
            {
                for (ulong left = _bits[(firstStep + row) * _words + word]; left != 0; left &= left - 1)
                {
                    cells[row * Width + word * 64 + BitOperations.TrailingZeroCount(left)] = 1f;
                }
            }
        }
    }

    /// <summary>The roll whose ones are the cells of at least <paramref name="threshold"/>.</summary>
    /// <param name="cells">[steps, width].</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="threshold">The least value that is a one.</param>
    /// <exception cref="ArgumentException"><paramref name="cells"/> holds no whole number of rows.</exception>
    public static Roll FromCells(ReadOnlySpan<float> cells, int width, float threshold = 0.5f)
    {
        if (cells.Length % width != 0) throw new ArgumentException($"{cells.Length} cells are no whole rows of {width}.", nameof(cells));
        var roll = new Roll(cells.Length / width, width);
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] >= threshold) roll[i / width, i % width] = true;
        }
        return roll;
    }

    /// <summary>Some of the rows.</summary>
    public Roll Slice(int firstStep, int steps)
    {
        var slice = new Roll(steps, Width);
        Array.Copy(_bits, (long)firstStep * _words, slice._bits, 0, (long)steps * _words);
        return slice;
    }

    private long Word(int step, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Width, nameof(column));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)step, (uint)Steps, nameof(step));
        return (long)step * _words + column / 64;
    }
}
