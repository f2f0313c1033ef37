using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Elementary functions over lanes.</summary>
/// <remarks>
/// All start from e^x = 2^n (1 + p), where n = round(x / ln 2), r = x - n ln 2 lies within half of ln 2, and
/// p = e^r - 1 = r + r^2 q(r) with q a fitted polynomial of degree 4 (1.4e-8 relative to p). ln 2 is taken off in two parts
/// so that r is exact to the last bit.
/// </remarks>
internal static class VectorMath
{
    private const float InverseLog2 = 1.44269504f;
    private const float Log2High = 0.693359375f; // ten bits: n times it is exact
    private const float Log2Low = -2.12194440e-4f;

    /// <summary>e^x, within 2e-7 of it; 0 below -104, infinity above 88.73; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x) where T : struct, ILanes<T>
    {
        T p = Reduce(T.Max(T.Broadcast(-104), T.Min(T.Broadcast(89), x)), out T n);
        return T.TimesPowerOfTwo(p + T.Broadcast(1), n);
    }

    /// <summary>e^x - 1 without loss near zero, within 4e-7 of it; x from -100 to 80.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpMinusOne<T>(T x) where T : struct, ILanes<T>
    {
        T p = Reduce(x, out T n), power = T.TimesPowerOfTwo(T.Broadcast(1), n);
        return T.MultiplyAdd(power, p, power - T.Broadcast(1));
    }

    /// <summary>1 / (1 + e^-x); NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x) where T : struct, ILanes<T> =>
        T.Broadcast(1) / (T.Broadcast(1) + Exp(T.Broadcast(0) - x));

    /// <summary>tanh x = t / (t + 2) with t = e^2x - 1, so that small x keep their relative precision; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x) where T : struct, ILanes<T>
    {
        // tanh is 1 to float precision from 9.1 on.
        x = T.Max(T.Broadcast(-10), T.Min(T.Broadcast(10), x));
        T t = ExpMinusOne(x + x);
        return t / (t + T.Broadcast(2));
    }

    // p = e^r - 1, and n.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Reduce<T>(T x, out T n) where T : struct, ILanes<T>
    {
        n = T.Round(x * T.Broadcast(InverseLog2));
        T r = T.MultiplyAdd(n, T.Broadcast(-Log2Low), T.MultiplyAdd(n, T.Broadcast(-Log2High), x));
        T q = T.MultiplyAdd(r, T.Broadcast(0.00138825167f), T.Broadcast(0.00836654752f));
        q = T.MultiplyAdd(q, r, T.Broadcast(0.0416672006f));
        q = T.MultiplyAdd(q, r, T.Broadcast(0.166665435f));
        q = T.MultiplyAdd(q, r, T.Broadcast(0.49999997f));
        return T.MultiplyAdd(q, r * r, r);
    }
}
