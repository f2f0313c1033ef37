namespace Etude.Neural.Tensors.Kernels;

/// <summary>The heights of tile that exist for each width of lanes.</summary>
internal static unsafe class GemmTiles
{
    /// <summary>The most rows whose sums fit in the registers: 32 of them at 512 bits, 16 elsewhere.</summary>
    public static int MostRows(int width) => width == 16 ? 14 : 6;

    /// <summary>The height of tile that covers <paramref name="rows"/> with the fewest tiles and least waste.</summary>
    public static int RowsFor(int rows, int width)
    {
        int most = MostRows(width), tiles = (rows + most - 1) / most, needed = (rows + tiles - 1) / tiles;
        return needed switch { <= 2 => needed, <= 12 => needed + (needed & 1), _ => needed };
    }

    /// <summary>The tile of the given height, one that <see cref="RowsFor"/> has returned.</summary>
    public static delegate*<int, float*, float*, byte*, nint, float*, nint, float*, nint, void> Get<T>(int rows) where T : struct, ILanes<T> => rows switch
    {
        1 => &GemmTile.Multiply<T, Rows1>,
        2 => &GemmTile.Multiply<T, Rows2>,
        4 => &GemmTile.Multiply<T, Rows4>,
        6 => &GemmTile.Multiply<T, Rows6>,
        8 => &GemmTile.Multiply<T, Rows8>,
        10 => &GemmTile.Multiply<T, Rows10>,
        12 => &GemmTile.Multiply<T, Rows12>,
        13 => &GemmTile.Multiply<T, Rows13>,
        14 => &GemmTile.Multiply<T, Rows14>,
        _ => throw new ArgumentOutOfRangeException(nameof(rows), rows, "There is no tile of this height."),
    };

    private readonly struct Rows1 : IRowCount
    {
        public static int Count => 1;
    }

    private readonly struct Rows2 : IRowCount
    {
        public static int Count => 2;
    }

    private readonly struct Rows4 : IRowCount
    {
        public static int Count => 4;
    }

    private readonly struct Rows6 : IRowCount
    {
        public static int Count => 6;
    }

    private readonly struct Rows8 : IRowCount
    {
        public static int Count => 8;
    }

    private readonly struct Rows10 : IRowCount
    {
        public static int Count => 10;
    }

    private readonly struct Rows12 : IRowCount
    {
        public static int Count => 12;
    }

    private readonly struct Rows13 : IRowCount
    {
        public static int Count => 13;
    }

    private readonly struct Rows14 : IRowCount
    {
        public static int Count => 14;
    }
}
