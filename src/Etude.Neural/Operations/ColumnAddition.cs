using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>Numbers added to some columns of each row.</summary>
public static class ColumnAddition
{
    /// <summary>x, with <paramref name="amounts"/> of each row added to the columns that are named for it.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[..., columns]</param>
    /// <param name="columns">[..., count]: columns of x, the same number for each row; -1 where nothing is added. Copied.</param>
    /// <param name="amounts">[..., count]</param>
    /// <exception cref="ArgumentException">Not a column for each amount, or not as many for each row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is not one of x.</exception>
    public static Tensor AddToColumns(this Tape tape, Tensor x, ReadOnlySpan<int> columns, Tensor amounts)
    {
        int width = x.Shape.Channels, count = amounts.Shape.Channels;
        if (columns.Length != amounts.Length || amounts.Shape.Rows != x.Shape.Rows)
            throw new ArgumentException($"{columns.Length} columns and amounts {amounts.Shape} came for {x.Shape}.", nameof(columns));
        foreach (int column in columns)
        {
            if (column < -1 || column >= width)
                throw new ArgumentOutOfRangeException(nameof(columns), $"Column {column} is none of the {width}, nor -1.");
        }
        var y = tape.Allocate(x.Shape, x.RequiresGradient || amounts.RequiresGradient);
        x.Data.CopyTo(y.Data);
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] >= 0) y.Data[(i / count * width) + columns[i]] += amounts.Data[i];
        }
        if (y.RequiresGradient) tape.Record<Operation>().Set(x, columns, amounts, y);
        return y;
    }

    private sealed class Operation : Autograd.Operation
    {
        private Tensor _x = null!, _amounts = null!, _y = null!;
        private int[] _columns = [];

        public void Set(Tensor x, ReadOnlySpan<int> columns, Tensor amounts, Tensor y)
        {
            (_x, _amounts, _y) = (x, amounts, y);
            if (_columns.Length < columns.Length) _columns = new int[columns.Length];
            columns.CopyTo(_columns);
        }

        public override void Backward()
        {
            if (_x.RequiresGradient) Elementwise.Add(_x.Gradient, _y.Gradient, _x.Gradient);
            if (!_amounts.RequiresGradient) return;
            int width = _y.Shape.Channels, count = _amounts.Shape.Channels;
            for (int i = 0; i < _amounts.Length; i++)
            {
                if (_columns[i] >= 0) _amounts.Gradient[i] += _y.Gradient[(i / count * width) + _columns[i]];
            }
        }
    }
}
