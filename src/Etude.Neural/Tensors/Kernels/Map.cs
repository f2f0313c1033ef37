using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>destination[i] = f(x[i], ...) for functions of one, two and three operands.</summary>
internal static class Map
{
    public interface IUnary
    {
        T Invoke<T>(T x) where T : struct, ILanes<T>;
    }

    public interface IBinary
    {
        T Invoke<T>(T x, T y) where T : struct, ILanes<T>;
    }

    public interface ITernary
    {
        T Invoke<T>(T x, T y, T z) where T : struct, ILanes<T>;
    }

    public static void Apply<TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> destination)
        where TFunction : struct, IUnary =>
        Loop.Run(destination.Length, new Unary<TFunction>(function, x[..destination.Length], destination));

    public static void Apply<TFunction>(TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where TFunction : struct, IBinary =>
        Loop.Run(
            destination.Length, new Binary<TFunction>(function, x[..destination.Length], y[..destination.Length], destination));

    public static void Apply<TFunction>(
        TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
        where TFunction : struct, ITernary =>
        Loop.Run(
            destination.Length,
            new Ternary<TFunction>(function, x[..destination.Length], y[..destination.Length], z[..destination.Length], destination));

    /// <summary>On this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Here<T, TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> destination)
        where T : struct, ILanes<T> where TFunction : struct, IUnary =>
        Loop.Over<T, Unary<TFunction>>(0, 0, destination.Length, new(function, x[..destination.Length], destination));

    /// <summary>On this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Here<T, TFunction>(TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination)
        where T : struct, ILanes<T> where TFunction : struct, IBinary =>
        Loop.Over<T, Binary<TFunction>>(0, 0, destination.Length, new(function, x[..destination.Length], y[..destination.Length], destination));

    /// <summary>On this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Here<T, TFunction>(
        TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination)
        where T : struct, ILanes<T> where TFunction : struct, ITernary =>
        Loop.Over<T, Ternary<TFunction>>(
            0, 0, destination.Length, new(function, x[..destination.Length], y[..destination.Length], z[..destination.Length], destination));

    private readonly ref struct Unary<TFunction>(TFunction function, ReadOnlySpan<float> x, Span<float> destination) : ILoopBody
        where TFunction : struct, IUnary
    {
        private readonly TFunction function = function;
        private readonly ref float x = ref MemoryMarshal.GetReference(x);
        private readonly ref float destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T> =>
            function.Invoke(T.Load(in Unsafe.Add(ref x, i))).Store(ref Unsafe.Add(ref destination, i));
    }

    private readonly ref struct Binary<TFunction>(
        TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) : ILoopBody
        where TFunction : struct, IBinary
    {
        private readonly TFunction function = function;
        private readonly ref float x = ref MemoryMarshal.GetReference(x);
        private readonly ref float y = ref MemoryMarshal.GetReference(y);
        private readonly ref float destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T> =>
            function.Invoke(T.Load(in Unsafe.Add(ref x, i)), T.Load(in Unsafe.Add(ref y, i))).Store(ref Unsafe.Add(ref destination, i));
    }

    private readonly ref struct Ternary<TFunction>(
        TFunction function, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> z, Span<float> destination) : ILoopBody
        where TFunction : struct, ITernary
    {
        private readonly TFunction function = function;
        private readonly ref float x = ref MemoryMarshal.GetReference(x);
        private readonly ref float y = ref MemoryMarshal.GetReference(y);
        private readonly ref float z = ref MemoryMarshal.GetReference(z);
        private readonly ref float destination = ref MemoryMarshal.GetReference(destination);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T> =>
            function.Invoke(T.Load(in Unsafe.Add(ref x, i)), T.Load(in Unsafe.Add(ref y, i)), T.Load(in Unsafe.Add(ref z, i)))
                .Store(ref Unsafe.Add(ref destination, i));
    }
}
