using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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
    /// <summary>C[rows, 2 T.Width] = A[rows, depth] B[depth, 2 T.Width] + addend.</summary>
    /// <param name="a">Packed: the rows of one column of A stand together.</param>
    /// <param name="b">Packed: [depth, 2 T.Width].</param>
    /// <param name="addend">[rows, 2 T.Width], its rows <paramref name="addendStride"/> apart; C itself to add to it; null for nothing.</param>
    /// <param name="ahead">What to bring nearer in the meantime: <paramref name="aheadStep"/> bytes for each step of depth.</param>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T, TRows>(
        int depth, float* a, float* b, byte* ahead, nint aheadStep, float* addend, nint addendStride, float* c, nint ldc)
        where T : struct, ILanes<T> where TRows : struct, IRowCount
    {
        if (Sse.IsSupported)
        {
            // C is needed at the end: by then it is here.
            for (int row = 0; row < TRows.Count; row++)
            {
                Sse.Prefetch0(c + row * ldc);
                if (T.Width == 16) Sse.Prefetch0(c + row * ldc + T.Width);
            }
        }
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
        for (; depth > 0; depth--)
        {
            T left = T.Load(in *b), right = T.Load(in *(b + T.Width));
            if (Sse.IsSupported) Sse.Prefetch1(ahead);
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
            ahead += aheadStep;
        }
        Store(c0L, c0R, ref addend, addendStride, c);
        if (TRows.Count > 1) Store(c1L, c1R, ref addend, addendStride, c + 1 * ldc);
        if (TRows.Count > 2) Store(c2L, c2R, ref addend, addendStride, c + 2 * ldc);
        if (TRows.Count > 3) Store(c3L, c3R, ref addend, addendStride, c + 3 * ldc);
        if (TRows.Count > 4) Store(c4L, c4R, ref addend, addendStride, c + 4 * ldc);
        if (TRows.Count > 5) Store(c5L, c5R, ref addend, addendStride, c + 5 * ldc);
        if (TRows.Count > 6) Store(c6L, c6R, ref addend, addendStride, c + 6 * ldc);
        if (TRows.Count > 7) Store(c7L, c7R, ref addend, addendStride, c + 7 * ldc);
        if (TRows.Count > 8) Store(c8L, c8R, ref addend, addendStride, c + 8 * ldc);
        if (TRows.Count > 9) Store(c9L, c9R, ref addend, addendStride, c + 9 * ldc);
        if (TRows.Count > 10) Store(c10L, c10R, ref addend, addendStride, c + 10 * ldc);
        if (TRows.Count > 11) Store(c11L, c11R, ref addend, addendStride, c + 11 * ldc);
        if (TRows.Count > 12) Store(c12L, c12R, ref addend, addendStride, c + 12 * ldc);
        if (TRows.Count > 13) Store(c13L, c13R, ref addend, addendStride, c + 13 * ldc);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(float a, T left, T right, ref T sumLeft, ref T sumRight) where T : struct, ILanes<T>
    {
        T factor = T.Broadcast(a);
        sumLeft.Accumulate(factor, left);
        sumRight.Accumulate(factor, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T left, T right, ref float* addend, nint addendStride, float* to) where T : struct, ILanes<T>
    {
        if (addend != null)
        {
            left += T.Load(in *addend);
            right += T.Load(in *(addend + T.Width));
            addend += addendStride;
        }
        left.Store(ref *to);
        right.Store(ref *(to + T.Width));
    }
}
