using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// The innermost product: a tile of C, TRows.Count rows by two vectors of columns, stays in registers while a packed panel
/// of A and one of B stream past. Fourteen rows of two 512-bit vectors use 28 of 32 registers for sums, two for B and one
/// for A: 28 multiply-adds for 16 loads.
/// </summary>
/// <remarks>
/// The rows are spelled out because a register cannot be indexed; comparisons with TRows.Count are constants to the
/// compiler, which drops the rows that a lower tile lacks.
/// </remarks>
internal static unsafe class GemmTile
{
    /// <summary>C[rows, 2 T.Width] = (or += when accumulating) A[rows, depth] B[depth, 2 T.Width].</summary>
    /// <param name="a">Packed: the rows of one column of A stand together.</param>
    /// <param name="b">Packed: [depth, 2 T.Width].</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T, TRows>(int depth, float* a, float* b, bool accumulate, float* c, nint ldc)
        where T : struct, ILanes<T> where TRows : struct, IRowCount
    {
        T c0L = default, c0R = default;
        T c1L = default, c1R = default;
        T c2L = default, c2R = default;
        T c3L = default, c3R = default;
        T c4L = default, c4R = default;
        T c5L = default, c5R = default;
        T c6L = default, c6R = default;
        T c7L = default, c7R = default;
        T c8L = default, c8R = default;
        T c9L = default, c9R = default;
        T c10L = default, c10R = default;
        T c11L = default, c11R = default;
        T c12L = default, c12R = default;
        T c13L = default, c13R = default;
        if (accumulate)
        {
            Load(c, out c0L, out c0R);
            if (TRows.Count > 1) Load(c + 1 * ldc, out c1L, out c1R);
            if (TRows.Count > 2) Load(c + 2 * ldc, out c2L, out c2R);
            if (TRows.Count > 3) Load(c + 3 * ldc, out c3L, out c3R);
            if (TRows.Count > 4) Load(c + 4 * ldc, out c4L, out c4R);
            if (TRows.Count > 5) Load(c + 5 * ldc, out c5L, out c5R);
            if (TRows.Count > 6) Load(c + 6 * ldc, out c6L, out c6R);
            if (TRows.Count > 7) Load(c + 7 * ldc, out c7L, out c7R);
            if (TRows.Count > 8) Load(c + 8 * ldc, out c8L, out c8R);
            if (TRows.Count > 9) Load(c + 9 * ldc, out c9L, out c9R);
            if (TRows.Count > 10) Load(c + 10 * ldc, out c10L, out c10R);
            if (TRows.Count > 11) Load(c + 11 * ldc, out c11L, out c11R);
            if (TRows.Count > 12) Load(c + 12 * ldc, out c12L, out c12R);
            if (TRows.Count > 13) Load(c + 13 * ldc, out c13L, out c13R);
        }
        for (; depth > 0; depth--)
        {
            Load(b, out T left, out T right);
            Add(a[0], left, right, ref c0L, ref c0R);
            if (TRows.Count > 1) Add(a[1], left, right, ref c1L, ref c1R);
            if (TRows.Count > 2) Add(a[2], left, right, ref c2L, ref c2R);
            if (TRows.Count > 3) Add(a[3], left, right, ref c3L, ref c3R);
            if (TRows.Count > 4) Add(a[4], left, right, ref c4L, ref c4R);
            if (TRows.Count > 5) Add(a[5], left, right, ref c5L, ref c5R);
            if (TRows.Count > 6) Add(a[6], left, right, ref c6L, ref c6R);
            if (TRows.Count > 7) Add(a[7], left, right, ref c7L, ref c7R);
            if (TRows.Count > 8) Add(a[8], left, right, ref c8L, ref c8R);
            if (TRows.Count > 9) Add(a[9], left, right, ref c9L, ref c9R);
            if (TRows.Count > 10) Add(a[10], left, right, ref c10L, ref c10R);
            if (TRows.Count > 11) Add(a[11], left, right, ref c11L, ref c11R);
            if (TRows.Count > 12) Add(a[12], left, right, ref c12L, ref c12R);
            if (TRows.Count > 13) Add(a[13], left, right, ref c13L, ref c13R);
            a += TRows.Count;
            b += 2 * T.Width;
        }
        Store(c, c0L, c0R);
        if (TRows.Count > 1) Store(c + 1 * ldc, c1L, c1R);
        if (TRows.Count > 2) Store(c + 2 * ldc, c2L, c2R);
        if (TRows.Count > 3) Store(c + 3 * ldc, c3L, c3R);
        if (TRows.Count > 4) Store(c + 4 * ldc, c4L, c4R);
        if (TRows.Count > 5) Store(c + 5 * ldc, c5L, c5R);
        if (TRows.Count > 6) Store(c + 6 * ldc, c6L, c6R);
        if (TRows.Count > 7) Store(c + 7 * ldc, c7L, c7R);
        if (TRows.Count > 8) Store(c + 8 * ldc, c8L, c8R);
        if (TRows.Count > 9) Store(c + 9 * ldc, c9L, c9R);
        if (TRows.Count > 10) Store(c + 10 * ldc, c10L, c10R);
        if (TRows.Count > 11) Store(c + 11 * ldc, c11L, c11R);
        if (TRows.Count > 12) Store(c + 12 * ldc, c12L, c12R);
        if (TRows.Count > 13) Store(c + 13 * ldc, c13L, c13R);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(float a, T left, T right, ref T sumLeft, ref T sumRight) where T : struct, ILanes<T>
    {
        T factor = T.Broadcast(a);
        sumLeft = T.MultiplyAdd(factor, left, sumLeft);
        sumRight = T.MultiplyAdd(factor, right, sumRight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<T>(float* from, out T left, out T right) where T : struct, ILanes<T> =>
        (left, right) = (T.Load(in *from), T.Load(in *(from + T.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(float* to, T left, T right) where T : struct, ILanes<T>
    {
        left.Store(ref *to);
        right.Store(ref *(to + T.Width));
    }
}
