using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>The functions that several kernels map or sum.</summary>
internal static class Functions
{
    /// <summary>x</summary>
    public readonly struct Identity : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => x;
    }

    /// <summary>x y</summary>
    public readonly struct Times : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => x * y;
    }

    /// <summary>x + y</summary>
    public readonly struct Plus : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => x + y;
    }

    /// <summary>x y + z</summary>
    public readonly struct TimesPlus : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y, T z) where T : struct, ILanes<T> => T.MultiplyAdd(x, y, z);
    }

    /// <summary>x factor</summary>
    public readonly struct TimesScalar(float factor) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => x * T.Broadcast(factor);
    }

    /// <summary>e^(x - shift)</summary>
    public readonly struct ShiftedExp(float shift) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => VectorMath.Exp(x - T.Broadcast(shift));
    }
}
