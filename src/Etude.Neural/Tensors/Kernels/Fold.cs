using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Sums and maxima over one row, on this thread; the order of addition depends on the length and the width only.</summary>
internal static class Fold
{
    /// <summary>The sum of f(x[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<T, TFunction>(TFunction function, ReadOnlySpan<float> x)
        where T : struct, ILanes<T> where TFunction : struct, Map.IUnary =>
        Sum<T, Lifted<TFunction>>(new(function), x, x);

    /// <summary>The sum of f(x[i], y[i]), y no shorter than x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Sum<T, TFunction>(TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where T : struct, ILanes<T> where TFunction : struct, Map.IBinary
    {
        ref readonly float left = ref MemoryMarshal.GetReference(x);
        ref readonly float right = ref MemoryMarshal.GetReference(y[..x.Length]);
        // Four sums, so that an addition need not wait for the one before it.
        T sum0 = T.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int i = 0, width = T.Width;
        for (; i <= x.Length - 4 * width; i += 4 * width)
        {
            sum0 += At<T, TFunction>(function, in left, in right, i);
            sum1 += At<T, TFunction>(function, in left, in right, i + width);
            sum2 += At<T, TFunction>(function, in left, in right, i + 2 * width);
            sum3 += At<T, TFunction>(function, in left, in right, i + 3 * width);
        }
        for (; i <= x.Length - width; i += width) sum0 += At<T, TFunction>(function, in left, in right, i);
        var rest = Lanes1.Broadcast(0);
        for (; i < x.Length; i++) rest += At<Lanes1, TFunction>(function, in left, in right, i);
        return T.Sum(sum0 + sum1 + (sum2 + sum3)) + Lanes1.Sum(rest);
    }

    /// <summary>The largest value; negative infinity of an empty span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max<T>(ReadOnlySpan<float> x) where T : struct, ILanes<T>
    {
        T max = T.Broadcast(float.NegativeInfinity);
        int i = 0;
        for (; i <= x.Length - T.Width; i += T.Width) max = T.Max(max, T.Load(in x[i]));
        Span<float> lanes = stackalloc float[16];
        max.Store(ref lanes[0]);
        float result = float.NegativeInfinity;
        foreach (float value in lanes[..T.Width]) result = MathF.Max(result, value);
        foreach (float value in x[i..]) result = MathF.Max(result, value);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At<T, TFunction>(TFunction function, ref readonly float x, ref readonly float y, int i)
        where T : struct, ILanes<T> where TFunction : struct, Map.IBinary =>
        function.Invoke(T.Load(in Unsafe.Add(ref Unsafe.AsRef(in x), i)), T.Load(in Unsafe.Add(ref Unsafe.AsRef(in y), i)));

    private readonly struct Lifted<TFunction>(TFunction function) : Map.IBinary where TFunction : struct, Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => function.Invoke(x);
    }
}
