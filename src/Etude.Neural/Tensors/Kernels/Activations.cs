using System.Runtime.CompilerServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>Activation functions and their derivatives.</summary>
/// <remarks>
/// Forward: <c>y = f(x)</c>; y may be x. Backward: <c>dX += dY * f'</c>, where f' is taken from the saved output y or the
/// saved input x, as the parameter says. The length of the last span counts; none may be shorter.
/// </remarks>
internal static class Activations
{
    /// <summary>y = 1 / (1 + e^-x)</summary>
    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y) => Map.Apply(default(SigmoidOf), x, y);

    /// <summary>dX += dY * y (1 - y)</summary>
    public static void SigmoidBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
        Map.Apply(default(SigmoidSlope), y, dY, dX, dX);

    /// <summary>y = tanh x</summary>
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y) => Map.Apply(default(TanhOf), x, y);

    /// <summary>dX += dY * (1 - y^2)</summary>
    public static void TanhBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
        Map.Apply(default(TanhSlope), y, dY, dX, dX);

    /// <summary>y = max(x, 0); NaN stays NaN.</summary>
    public static void Relu(ReadOnlySpan<float> x, Span<float> y) => Map.Apply(default(ReluOf), x, y);

    /// <summary>dX += dY where y > 0</summary>
    public static void ReluBackward(ReadOnlySpan<float> y, ReadOnlySpan<float> dY, Span<float> dX) =>
        Map.Apply(default(ReluSlope), y, dY, dX, dX);

    /// <summary>y = x where x > 0, else alpha (e^x - 1)</summary>
    public static void Elu(ReadOnlySpan<float> x, float alpha, Span<float> y) => Map.Apply(new EluOf(alpha), x, y);

    /// <summary>dX += dY * (1 where y > 0, else y + alpha)</summary>
    public static void EluBackward(ReadOnlySpan<float> y, float alpha, ReadOnlySpan<float> dY, Span<float> dX) =>
        Map.Apply(new EluSlope(alpha), y, dY, dX, dX);

    /// <summary>y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), Hendrycks and Gimpel 2016.</summary>
    public static void Gelu(ReadOnlySpan<float> x, Span<float> y) => Map.Apply(default(GeluOf), x, y);

    /// <summary>dX += dY * gelu'(x), from the saved input x.</summary>
    public static void GeluBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dY, Span<float> dX) =>
        Map.Apply(default(GeluSlope), x, dY, dX, dX);

    public readonly struct SigmoidOf : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => VectorMath.Sigmoid(x);
    }

    private readonly struct SigmoidSlope : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T y, T dY, T dX) where T : struct, ILanes<T> => T.MultiplyAdd(dY * y, T.Broadcast(1) - y, dX);
    }

    public readonly struct TanhOf : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => VectorMath.Tanh(x);
    }

    private readonly struct TanhSlope : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T y, T dY, T dX) where T : struct, ILanes<T> => T.MultiplyAdd(dY, T.Broadcast(1) - y * y, dX);
    }

    private readonly struct ReluOf : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => T.Max(T.Broadcast(0), x);
    }

    private readonly struct ReluSlope : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T y, T dY, T dX) where T : struct, ILanes<T> => T.SelectGreater(y, T.Broadcast(0), dX + dY, dX);
    }

    private readonly struct EluOf(float alpha) : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T>
        {
            T below = VectorMath.ExpMinusOne(T.Max(T.Broadcast(-100), T.Min(T.Broadcast(0), x)));
            return T.SelectGreater(x, T.Broadcast(0), x, T.Broadcast(alpha) * below);
        }
    }

    private readonly struct EluSlope(float alpha) : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T y, T dY, T dX) where T : struct, ILanes<T> =>
            T.MultiplyAdd(dY, T.SelectGreater(y, T.Broadcast(0), T.Broadcast(1), y + T.Broadcast(alpha)), dX);
    }

    private readonly struct GeluOf : Map.IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x) where T : struct, ILanes<T> => T.Broadcast(0.5f) * x * (T.Broadcast(1) + Inner(x, out _));

        // tanh(u), u = sqrt(2/pi) (x + 0.044715 x^3), and u'.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Inner<T>(T x, out T slope) where T : struct, ILanes<T>
        {
            const float Root = 0.797884561f, Cubic = Root * 0.044715f;
            T square = x * x;
            slope = T.MultiplyAdd(square, T.Broadcast(3 * Cubic), T.Broadcast(Root));
            return VectorMath.Tanh(x * T.MultiplyAdd(square, T.Broadcast(Cubic), T.Broadcast(Root)));
        }
    }

    private readonly struct GeluSlope : Map.ITernary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T x, T dY, T dX) where T : struct, ILanes<T>
        {
            T t = GeluOf.Inner(x, out T slope), one = T.Broadcast(1), half = T.Broadcast(0.5f);
            return T.MultiplyAdd(dY, half * T.MultiplyAdd(x * (one - t * t), slope, one + t), dX);
        }
    }
}
