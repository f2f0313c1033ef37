using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// Lays a matrix out in panels, each <c>width</c> lanes wide (rows of A, columns of B) and <c>depth</c> deep along k, so that
/// the tile reads both operands from front to back.
/// </summary>
internal static unsafe class Panels
{
    // Panels filled side by side where their lanes stand together: long reads of a row, few streams of writes.
    private const int SideBySide = 8;

    /// <summary>Packs all panels of a block: panels[lane / width][i, lane % width] for i in 0..depth.</summary>
    /// <param name="source">The element at lane 0 and depth 0.</param>
    /// <param name="stride">Between the rows of the source.</param>
    /// <param name="lanesApart">True where the lanes are rows of the source, false where they are its columns.</param>
    /// <param name="lanes">The lanes of the block; those that its last panel lacks are copies of the last one and are never stored.</param>
    public static void Pack(float* source, nint stride, bool lanesApart, int lanes, int width, int depth, float* panels)
    {
        int whole = lanes / width;
        for (int panel = 0; panel < whole; panel += SideBySide)
        {
            int count = Math.Min(SideBySide, whole - panel), lane = panel * width;
            if (!lanesApart) PackAlong(source + lane, stride, count, width, depth, panels + (nint)lane * depth);
            else for (; count > 0; count--, lane += width) PackAcross(source + lane * stride, stride, width, width, depth, panels + (nint)lane * depth);
        }
        int done = whole * width;
        if (done == lanes) return;
        if (lanesApart) PackAcross(source + done * stride, stride, lanes - done, width, depth, panels + (nint)done * depth);
        else PackRest(source + done, stride, lanes - done, width, depth, panels + (nint)done * depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackAlong(float* source, nint stride, int panelCount, int width, int depth, float* panels)
    {
        for (int i = 0; i < depth; i++, source += stride, panels += width)
        {
            float* from = source, to = panels;
            for (int panel = 0; panel < panelCount; panel++, from += width, to += (nint)width * depth) Copy(from, to, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        if (Vector128.IsHardwareAccelerated && count >= 8)
        {
            // The last vector may overlap the one before it.
            for (int i = 0; i < count - 8; i += 8) Vector256.Load(from + i).Store(to + i);
            Vector256.Load(from + count - 8).Store(to + count - 8);
        }
        else
        {
            for (int i = 0; i < count; i++) to[i] = from[i];
        }
    }

    private static void PackRest(float* source, nint stride, int lanes, int width, int depth, float* panel)
    {
        for (int i = 0; i < depth; i++, source += stride, panel += width)
        {
            for (int lane = 0; lane < width; lane++) panel[lane] = source[Math.Min(lane, lanes - 1)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackAcross(float* source, nint stride, int lanes, int width, int depth, float* destination)
    {
        float** rows = stackalloc float*[width];
        for (int lane = 0; lane < width; lane++) rows[lane] = source + Math.Min(lane, lanes - 1) * stride;
        int i = 0;
        if (Vector128.IsHardwareAccelerated && width >= 4)
        {
            // Four rows from end to end before the next: rows a power of two apart would push each other out of the cache.
            for (int lane = 0; lane < width; lane += 4)
            {
                // The last group may overlap the one before it.
                int first = Math.Min(lane, width - 4);
                float* a = rows[first], b = rows[first + 1], c = rows[first + 2], d = rows[first + 3], to = destination + first;
                for (i = 0; i <= depth - 4; i += 4, to += 4 * (nint)width) Transpose4(a + i, b + i, c + i, d + i, to, width);
            }
        }
        for (; i < depth; i++)
        {
            for (int lane = 0; lane < width; lane++) destination[i * width + lane] = rows[lane][i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* a, float* b, float* c, float* d, float* destination, nint width)
    {
        Vector128<float> va = Vector128.Load(a), vb = Vector128.Load(b), vc = Vector128.Load(c), vd = Vector128.Load(d);
        // a0 c0 a1 c1, b0 d0 b1 d1, ... then a0 b0 c0 d0, ...
        Vector128<float> ac = Low(va, vc), bd = Low(vb, vd), acHigh = High(va, vc), bdHigh = High(vb, vd);
        Low(ac, bd).Store(destination);
        High(ac, bd).Store(destination + width);
        Low(acHigh, bdHigh).Store(destination + 2 * width);
        High(acHigh, bdHigh).Store(destination + 3 * width);
    }

    // x0 y0 x1 y1
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackLow(x, y)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(x, y)
        : Vector128.Create(x[0], y[0], x[1], y[1]);

    // x2 y2 x3 y3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.UnpackHigh(x, y)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(x, y)
        : Vector128.Create(x[2], y[2], x[3], y[3]);
}
