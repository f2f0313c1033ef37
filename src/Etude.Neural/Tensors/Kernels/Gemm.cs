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

    // Parts of the work: about this many rows and columns of C, so that a part's share of A stays in the second-level cache.
    private const int PartRows = 210;
    private const int PartColumns = 256;

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
    public static void Multiply(
        int m, int n, int k,
        ReadOnlySpan<float> a, int lda, bool transposeA,
        ReadOnlySpan<float> b, int ldb, bool transposeB,
        bool accumulate, Span<float> c, int ldc)
    {
        if (!Begin(m, n, k, ref accumulate, ref c, ldc)) return;
        float* packed = (scratchB ??= new()).Reserve(Math.Min(k, SlabDepth) * PaddedColumns(n));
        for (int start = 0; start < k; start += SlabDepth)
        {
            int depth = Math.Min(SlabDepth, k - start);
            PackColumns(b, ldb, transposeB, start, depth, n, packed);
            MultiplySlab(m, n, start, depth, a, lda, transposeA, packed, accumulate || start > 0, c, ldc);
        }
    }

    /// <summary>C = A B, or C += A B when <paramref name="accumulate"/>, with a B that was packed before.</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="a">[m, b.Rows]; its rows are <paramref name="lda"/> apart.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, b.Columns]; its rows are <paramref name="ldc"/> apart.</param>
    public static void Multiply(int m, ReadOnlySpan<float> a, int lda, PackedMatrix b, bool accumulate, Span<float> c, int ldc)
    {
        if (!Begin(m, b.Columns, b.Rows, ref accumulate, ref c, ldc)) return;
        for (int start = 0; start < b.Rows; start += SlabDepth)
        {
            int depth = Math.Min(SlabDepth, b.Rows - start);
            float* slab = b.Values + (nint)start * PaddedColumns(b.Columns);
            MultiplySlab(m, b.Columns, start, depth, a, lda, false, slab, accumulate || start > 0, c, ldc);
        }
    }

    /// <summary>Columns rounded up to whole panels.</summary>
    internal static int PaddedColumns(int columns) => (columns + PanelWidth - 1) / PanelWidth * PanelWidth;

    /// <summary>Packs rows start to start + depth of op(B) into panels.</summary>
    internal static void PackColumns(ReadOnlySpan<float> b, int ldb, bool transpose, int start, int depth, int columns, float* panels) =>
        Pack(b, ldb, lanesApart: transpose, start, depth, columns, PanelWidth, panels);

    private static int PanelWidth => 2 * Kernel.Width;

    // Deals with the empty cases; false when nothing is left to do.
    private static bool Begin(int m, int n, int k, ref bool accumulate, ref Span<float> c, int ldc)
    {
        if (m == 0 || n == 0) return false;
        c = c[..Extent(m, n, ldc)];
        if (k > 0) return true;
        if (!accumulate) for (int row = 0; row < m; row++) c.Slice(row * ldc, n).Clear();
        return false;
    }

    // Elements from the first to the last of a matrix.
    private static int Extent(int rows, int columns, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, columns);
        return checked((rows - 1) * stride + columns);
    }

    private static void MultiplySlab(
        int m, int n, int start, int depth, ReadOnlySpan<float> a, int lda, bool transposeA, float* packedB, bool accumulate, Span<float> c, int ldc)
    {
        int rows = GemmTiles.RowsFor(m, Kernel.Width), rowPanels = (m + rows - 1) / rows;
        float* packedA = (scratchA ??= new()).Reserve(depth * rowPanels * rows);
        Pack(a, lda, lanesApart: !transposeA, start, depth, m, rows, packedA);

        var product = new Product(m, n, depth, packedA, rows, packedB, accumulate, c, ldc);
        if ((long)m * n * depth < WorthSharing) product.RunAlone();
        else Kernel.Run(product.Parts, product);
    }

    private static void Pack(
        ReadOnlySpan<float> source, int stride, bool lanesApart, int start, int depth, int lanes, int width, float* panels)
    {
        // The bounds are checked here once; below only pointers are used.
        source = lanesApart
            ? source[start..(start + Extent(lanes, depth, stride))]
            : source[(start * stride)..(start * stride + Extent(depth, lanes, stride))];
        int panelsPerPart = Math.Max(1, Kernel.PartLength * 2 / (width * depth)), count = (lanes + width - 1) / width;
        Workers.For((count + panelsPerPart - 1) / panelsPerPart, new Packing(source, stride, lanesApart, depth, lanes, width, panelsPerPart, panels));
    }

    private readonly ref struct Packing(
        ReadOnlySpan<float> source, int stride, bool lanesApart, int depth, int lanes, int width, int panelsPerPart, float* panels) : IWork
    {
        private readonly ReadOnlySpan<float> source = source;
        private readonly float* panels = panels;

        public void Run(int index)
        {
            int count = (lanes + width - 1) / width, last = Math.Min(count, (index + 1) * panelsPerPart);
            fixed (float* origin = source)
            {
                for (int panel = index * panelsPerPart; panel < last; panel++)
                {
                    int lane = panel * width;
                    float* from = origin + (lanesApart ? (nint)lane * stride : lane);
                    Panels.Pack(from, stride, lanesApart, lanes - lane, width, depth, panels + (nint)lane * depth);
                }
            }
        }
    }

    private readonly ref struct Product : IKernel
    {
        private readonly int m, n, depth, rows, rowPanels, columnPanels, rowPanelsPerPart, columnPanelsPerPart, partsAcross;
        private readonly float* packedA, packedB;
        private readonly bool accumulate;
        private readonly Span<float> c;
        private readonly int ldc;

        public Product(int m, int n, int depth, float* packedA, int rows, float* packedB, bool accumulate, Span<float> c, int ldc)
        {
            (this.m, this.n, this.depth, this.rows, this.accumulate, this.ldc) = (m, n, depth, rows, accumulate, ldc);
            this.packedA = packedA;
            this.packedB = packedB;
            this.c = c;
            rowPanels = (m + rows - 1) / rows;
            columnPanels = (n + PanelWidth - 1) / PanelWidth;
            rowPanelsPerPart = Math.Max(1, Math.Min(rowPanels, PartRows / rows));
            columnPanelsPerPart = Math.Max(1, Math.Min(columnPanels, PartColumns / PanelWidth));
            partsAcross = (columnPanels + columnPanelsPerPart - 1) / columnPanelsPerPart;
        }

        public int Parts => (rowPanels + rowPanelsPerPart - 1) / rowPanelsPerPart * partsAcross;

        public void RunAlone()
        {
            for (int part = 0; part < Parts; part++) Kernel.RunPart(this, part);
        }

        [SkipLocalsInit]
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int firstRow = part / partsAcross * rowPanelsPerPart, endRow = Math.Min(rowPanels, firstRow + rowPanelsPerPart);
            int firstColumn = part % partsAcross * columnPanelsPerPart, endColumn = Math.Min(columnPanels, firstColumn + columnPanelsPerPart);
            int width = 2 * T.Width;
            var tile = GemmTiles.Get<T>(rows);
            float* edge = stackalloc float[14 * 32];
            fixed (float* origin = c)
            {
                for (int column = firstColumn; column < endColumn; column++)
                {
                    float* b = packedB + (nint)column * width * depth;
                    int columnsLeft = Math.Min(width, n - column * width);
                    for (int row = firstRow; row < endRow; row++)
                    {
                        float* a = packedA + (nint)row * rows * depth;
                        float* to = origin + (nint)row * rows * ldc + column * width;
                        int rowsLeft = Math.Min(rows, m - row * rows);
                        if (rowsLeft == rows && columnsLeft == width)
                        {
                            tile(depth, a, b, accumulate, to, ldc);
                            continue;
                        }
                        // A tile over the edge of C is computed whole beside it.
                        if (accumulate) Copy(to, ldc, edge, width, rowsLeft, columnsLeft);
                        tile(depth, a, b, accumulate, edge, width);
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
