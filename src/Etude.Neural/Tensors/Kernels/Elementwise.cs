using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>
/// Arithmetic on vectors; the destination's length counts and no source may be shorter. A destination may be one of its
/// sources, never a shifted part of one.
/// </summary>
internal static class Elementwise
{
    /// <summary>destination = left + right</summary>
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination) =>
        Map.Apply(default(Functions.Plus), left, right, destination);

    /// <summary>destination = left - right</summary>
    public static void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination) =>
        Map.Apply(default(Minus), left, right, destination);

    /// <summary>destination = left * right</summary>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination) =>
        Map.Apply(default(Functions.Times), left, right, destination);

    /// <summary>destination = left / right</summary>
    public static void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination) =>
        Map.Apply(default(Over), left, right, destination);

    /// <summary>destination += left * right</summary>
    public static void MultiplyAdd(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination) =>
        Map.Apply(default(Functions.TimesPlus), left, right, destination, destination);

    /// <summary>destination = source * factor</summary>
    public static void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination) =>
        Map.Apply(new Functions.TimesScalar(factor), source, destination);

    /// <summary>destination += source * factor</summary>
    public static void ScaleAdd(ReadOnlySpan<float> source, float factor, Span<float> destination) =>
        Map.Apply(new TimesScalarPlus(factor), source, destination, destination);

    /// <summary>destination = source + value</summary>
    public static void AddScalar(ReadOnlySpan<float> source, float value, Span<float> destination) =>
        Map.Apply(new PlusScalar(value), source, destination);

    /// <summary>destination = e^source; see <see cref="VectorMath.Exp{T}"/> for range and precision.</summary>
    public static void Exp(ReadOnlySpan<float> source, Span<float> destination) => Map.Apply(default(Exponential), source, destination);

    /// <summary>Adds one row, such as a bias, to each row of a matrix [rows, row.Length].</summary>
    public static void AddRow(int rows, ReadOnlySpan<float> row, Span<float> matrix) =>
        Loop.Run(rows, row.Length, 2, new AddRowBody(row, matrix[..(rows * row.Length)]));

    /// <summary>Writes one row, such as a bias, into each row of a matrix [rows, row.Length].</summary>
    public static void FillRows(int rows, ReadOnlySpan<float> row, Span<float> matrix)
    {
        for (int i = 0; i < rows; i++) row.CopyTo(matrix.Slice(i * row.Length, row.Length));
    }

    private readonly ref struct AddRowBody(ReadOnlySpan<float> addend, Span<float> matrix) : ILoopBody
    {
        private readonly ReadOnlySpan<float> addend = addend;
        private readonly ref float matrix = ref MemoryMarshal.GetReference(matrix);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float at = ref Unsafe.Add(ref matrix, row * addend.Length + i);
            (T.Load(in at) + T.Load(in addend[i])).Store(ref at);
        }
    }

    private readonly struct Minus : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => x - y;
    }

    private readonly struct Over : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => x / y;
    }

    private readonly struct TimesScalarPlus(float factor) : Map.IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T y) where T : struct, ILanes<T> => T.MultiplyAdd(x, T.Broadcast(factor), y);
    }

    private readonly struct PlusScalar(float value) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => x + T.Broadcast(value);
    }

    private readonly struct Exponential : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => VectorMath.Exp(x);
    }
}
