using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>General matrix product, float32, row-major.</summary>
/// <remarks>
/// After Goto and van de Geijn 2008: k is cut into slabs; of each slab, A is packed into panels of a tile's height and B
/// into panels of a tile's width; then blocks of tiles are shared among the workers. An element of C is one chain of
/// multiply-adds along k, whatever the sizes m and n and the number of threads.
/// </remarks>
internal static unsafe class Gemm
{
    /// <summary>The depth of a slab along k: a panel of B then stays in the second-level cache, its next lines on their way.</summary>
    internal const int SlabDepth = 512;

    // About the rows of C in a part of the work: its share of A, packed, then stays in the second-level cache.
    private const int PartRows = 112;

    // The columns of C in a part where all rows are one part.
    private const int PartColumns = 128;

    // Below so many multiply-adds handing work over costs more than it saves.
    private const long WorthSharing = 200_000;

    [ThreadStatic]
    private static GrowingBuffer? scratchA;

    [ThreadStatic]
    private static GrowingBuffer? scratchB;

    /// <summary>C = op(A) op(B), or C += op(A) op(B) when <paramref name="accumulate"/>; op transposes where asked.</summary>
    /// <param name="m">Rows of op(A) and C.</param>
    /// <param name="n">Columns of op(B) and C.</param>
    /// <param name="k">Columns of op(A), rows of op(B).</param>
    /// <param name="a">[m, k], or [k, m] when <paramref name="transposeA"/>; its rows are <paramref name="lda"/> apart.</param>
    /// <param name="b">[k, n], or [n, k] when <paramref name="transposeB"/>; its rows are <paramref name="ldb"/> apart.</param>
    /// <param name="c">[m, n]; its rows are <paramref name="ldc"/> apart. Must not overlap A or B.</param>
    /// <param name="bias">[n], added to each row of a C that does not accumulate; or empty.</param>
    public static void Multiply(
        int m, int n, int k,
        ReadOnlySpan<float> a, int lda, bool transposeA,
        ReadOnlySpan<float> b, int ldb, bool transposeB,
        bool accumulate, Span<float> c, int ldc, ReadOnlySpan<float> bias = default)
    {
        if (!Begin(m, n, k, accumulate, ref c, ldc, ref bias)) return;
        float* packed = (scratchB ??= new()).Reserve(Math.Min(k, SlabDepth) * PaddedColumns(n));
        for (int start = 0; start < k; start += SlabDepth)
        {
            int depth = Math.Min(SlabDepth, k - start);
            PackColumns(b, ldb, transposeB, start, depth, n, packed);
            MultiplySlab(m, n, start, depth, a, lda, transposeA, packed, accumulate || start > 0, bias, c, ldc);
        }
    }

    /// <summary>C = A B, or C += A B when <paramref name="accumulate"/>, with a B that was packed before.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">[m, b.Rows]; its rows are <paramref name="lda"/> apart.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, b.Columns]; its rows are <paramref name="ldc"/> apart.</param>
    /// <param name="bias">[b.Columns], added to each row of a C that does not accumulate; or empty.</param>
    public static void Multiply(
        int m, ReadOnlySpan<float> a, int lda, PackedMatrix b, bool accumulate, Span<float> c, int ldc, ReadOnlySpan<float> bias = default)
    {
        if (!Begin(m, b.Columns, b.Rows, accumulate, ref c, ldc, ref bias)) return;
        for (int start = 0; start < b.Rows; start += SlabDepth)
        {
            int depth = Math.Min(SlabDepth, b.Rows - start);
            float* slab = b.Values + (nint)start * PaddedColumns(b.Columns);
            MultiplySlab(m, b.Columns, start, depth, a, lda, false, slab, accumulate || start > 0, bias, c, ldc);
        }
    }

    /// <summary>Columns rounded up to whole panels.</summary>
    internal static int PaddedColumns(int columns) => (columns + PanelWidth - 1) / PanelWidth * PanelWidth;

    /// <summary>Packs rows start to start + depth of op(B) into panels.</summary>
    internal static void PackColumns(ReadOnlySpan<float> b, int ldb, bool transpose, int start, int depth, int columns, float* panels) =>
        Pack(BoundsOf(b, ldb, transpose, start, depth, columns), ldb, transpose, depth, columns, PanelWidth, panels);

    private static int PanelWidth => 2 * Kernel.Width;

    // Checks C and bias, once, and deals with the empty cases; false when nothing is left to do.
    private static bool Begin(int m, int n, int k, bool accumulate, ref Span<float> c, int ldc, ref ReadOnlySpan<float> bias)
    {
        if (m == 0 || n == 0) return false;
        ArgumentOutOfRangeException.ThrowIfLessThan(ldc, n);
        c = c[..Extent(m, n, ldc)];
        bias = accumulate || bias.IsEmpty ? default : bias[..n];
        if (k > 0) return true;
        if (accumulate) return false;
        for (int row = 0; row < m; row++)
        {
            if (bias.IsEmpty) c.Slice(row * ldc, n).Clear();
            else bias.CopyTo(c[(row * ldc)..]);
        }
        return false;
    }

    // Elements from the first to the last of a matrix. Rows that are only read may overlap, as the windows of a convolution do.
    private static int Extent(int rows, int columns, int stride) => checked((rows - 1) * stride + columns);

    private static void MultiplySlab(
        int m, int n, int start, int depth, ReadOnlySpan<float> a, int lda, bool transposeA, float* packedB, bool accumulate,
        ReadOnlySpan<float> bias, Span<float> c, int ldc)
    {
        a = BoundsOf(a, lda, !transposeA, start, depth, m);
        int rows = GemmTiles.RowsFor(m, Kernel.Width), rowPanels = (m + rows - 1) / rows;
        var product = new Product(m, n, depth, a, lda, transposeA, rows, packedB, accumulate, bias, c, ldc);
        if ((long)m * n * depth < WorthSharing)
        {
            Kernel.RunPart(product, 0);
        }
        else if (m > PartRows)
        {
            // An equal number of parts for each thread; where the cuts lie does not touch the results.
            int parts = (m + PartRows - 1) / PartRows;
            product.RowParts = Math.Min(rowPanels, (parts + Workers.Count - 1) / Workers.Count * Workers.Count);
            Kernel.Run(product.RowParts, product);
        }
        else
        {
            // Too few rows to share: A is packed beforehand, the columns are shared.
            product.PackedA = (scratchA ??= new()).Reserve(depth * rowPanels * rows);
            Pack(a, lda, !transposeA, depth, m, rows, product.PackedA);
            product.ColumnParts = (n + PartColumns - 1) / PartColumns;
            Kernel.Run(product.ColumnParts, product);
        }
    }

    // The part of a matrix that a slab reads, checked once; below only pointers are used.
    private static ReadOnlySpan<float> BoundsOf(ReadOnlySpan<float> source, int stride, bool lanesApart, int start, int depth, int lanes) =>
        lanesApart ? source.Slice(start, Extent(lanes, depth, stride)) : source.Slice(start * stride, Extent(depth, lanes, stride));

    private static void Pack(ReadOnlySpan<float> source, int stride, bool lanesApart, int depth, int lanes, int width, float* panels)
    {
        int panelsPerPart = Math.Max(1, 2 * Kernel.PartLength / (width * depth)), count = (lanes + width - 1) / width;
        Workers.For((count + panelsPerPart - 1) / panelsPerPart, new Packing(source, stride, lanesApart, depth, lanes, width, panelsPerPart * width, panels));
    }

    private readonly ref struct Packing(
        ReadOnlySpan<float> source, int stride, bool lanesApart, int depth, int lanes, int width, int lanesPerPart, float* panels) : IWork
    {
        private readonly ReadOnlySpan<float> source = source;
        private readonly float* panels = panels;

        public void Run(int index)
        {
            int lane = index * lanesPerPart;
            fixed (float* origin = source)
            {
                float* from = origin + (lanesApart ? (nint)lane * stride : lane);
                Panels.Pack(from, stride, lanesApart, Math.Min(lanesPerPart, lanes - lane), width, depth, panels + (nint)lane * depth);
            }
        }
    }

    private ref struct Product(
        int m, int n, int depth, ReadOnlySpan<float> a, int lda, bool transposeA, int rows, float* packedB, bool accumulate,
        ReadOnlySpan<float> bias, Span<float> c, int ldc) : IKernel
    {
        private readonly ReadOnlySpan<float> a = a;
        private readonly ReadOnlySpan<float> bias = bias;
        private readonly Span<float> c = c;
        private readonly float* packedB = packedB;

        public int RowParts = 1;
        public int ColumnParts = 1;

        /// <summary>All of A, or null where each part packs its own rows.</summary>
        public float* PackedA;

        [SkipLocalsInit]
        public readonly void Run<T>(int part) where T : struct, ILanes<T>
        {
            int rowPart = part / ColumnParts, columnPart = part % ColumnParts, rowPanels = (m + rows - 1) / rows;
            int firstPanel = (int)((long)rowPanels * rowPart / RowParts), endPanel = (int)((long)rowPanels * (rowPart + 1) / RowParts);
            int width = 2 * T.Width, columnPanels = (n + width - 1) / width;
            int firstColumn = columnPanels * columnPart / ColumnParts, endColumn = columnPanels * (columnPart + 1) / ColumnParts;
            int firstRow = firstPanel * rows, endRow = Math.Min(m, endPanel * rows);
            var tile = GemmTiles.Get<T>(rows);
            float* edge = stackalloc float[14 * 32], edgeBias = stackalloc float[32];
            fixed (float* originC = c, originA = a, originBias = bias)
            {
                float* packedA = PackedA;
                if (packedA == null)
                {
                    packedA = (scratchA ??= new()).Reserve(depth * (endPanel - firstPanel) * rows);
                    float* from = originA + (transposeA ? firstRow : (nint)firstRow * lda);
                    Panels.Pack(from, lda, !transposeA, endRow - firstRow, rows, depth, packedA);
                }
                // While a panel of B is used, row by row of tiles, the next one is brought into the second-level cache.
                nint aheadStep = (sizeof(float) * width + endPanel - firstPanel - 1) / (endPanel - firstPanel);
                for (int column = firstColumn * width; column < endColumn * width; column += width)
                {
                    float* panelB = packedB + (nint)column * depth, panelA = packedA;
                    byte* ahead = (byte*)(panelB + (nint)depth * width);
                    int columnsLeft = Math.Min(width, n - column);
                    float* addend = originBias == null ? null : originBias + column;
                    if (addend != null && columnsLeft < width)
                    {
                        Copy(addend, 0, edgeBias, 0, 1, columnsLeft);
                        addend = edgeBias;
                    }
                    for (int row = firstRow; row < endRow; row += rows, panelA += (nint)rows * depth, ahead += depth * aheadStep)
                    {
                        float* to = originC + (nint)row * ldc + column;
                        int rowsLeft = Math.Min(rows, m - row);
                        if (rowsLeft == rows && columnsLeft == width)
                        {
                            tile(depth, panelA, panelB, ahead, aheadStep, accumulate ? to : addend, accumulate ? ldc : 0, to, ldc);
                            continue;
                        }
                        // A tile over the edge of C is computed whole beside it.
                        if (accumulate) Copy(to, ldc, edge, width, rowsLeft, columnsLeft);
                        tile(depth, panelA, panelB, ahead, aheadStep, accumulate ? edge : addend, accumulate ? width : 0, edge, width);
                        Copy(edge, width, to, ldc, rowsLeft, columnsLeft);
                    }
                }
            }
        }

        private static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
        {
            for (int row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(from + row * fromStride, columns).CopyTo(new Span<float>(to + row * toStride, columns));
            }
        }
    }
}
