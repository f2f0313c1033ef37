using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>The elementwise part of one GRU time step, gates in PyTorch's order: reset r, update z, candidate n.</summary>
/// <remarks>
/// r = sigmoid(x_r + h_r), z = sigmoid(x_z + h_z), n = tanh(x_n + r h_n), h' = (1 - z) n + z h, where x is the input's
/// product with its bias and h_* the hidden state's product with its own bias (n's hidden bias lies inside the reset).
/// </remarks>
internal static class GruGates
{
    /// <summary>One step forward.</summary>
    /// <param name="gates">[batch, 3 units]: the input's part x in, activations r, z, n out.</param>
    /// <param name="recurrent">[batch, 3 units]: the hidden state's part; keep it for the backward pass.</param>
    /// <param name="previousHidden">[batch, units] h.</param>
    /// <param name="hidden">[batch, units] h'; may be <paramref name="previousHidden"/>.</param>
    public static void Forward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> hidden)
    {
        int size = batch * units;
        Loop.Run(batch, units, 8, new ForwardBody(units, gates[..(3 * size)], recurrent[..(3 * size)], previousHidden[..size], hidden[..size]));
    }

    /// <summary>The gradient of <see cref="Forward"/>.</summary>
    /// <param name="gates">[batch, 3 units]: activations in, gradient of the input's part out.</param>
    /// <param name="recurrent">[batch, 3 units]: the hidden state's part in, its gradient out.</param>
    /// <param name="previousHidden">[batch, units] h, as given to Forward.</param>
    /// <param name="dHidden">
    /// [batch, units]: gradient of h' in, z dH' out: the part of h's gradient that does not pass through <paramref name="recurrent"/>.
    /// </param>
    public static void Backward(
        int batch, int units, Span<float> gates, Span<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> dHidden)
    {
        int size = batch * units;
        Loop.Run(batch, units, 4, new BackwardBody(units, gates[..(3 * size)], recurrent[..(3 * size)], previousHidden[..size], dHidden[..size]));
    }

    private readonly ref struct ForwardBody(
        int units, Span<float> gates, ReadOnlySpan<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> hidden) : ILoopBody
    {
        private readonly ref float gates = ref MemoryMarshal.GetReference(gates);
        private readonly ref float recurrent = ref MemoryMarshal.GetReference(recurrent);
        private readonly ref float previousHidden = ref MemoryMarshal.GetReference(previousHidden);
        private readonly ref float hidden = ref MemoryMarshal.GetReference(hidden);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int unit) where T : struct, ILanes<T>
        {
            int at = row * units + unit;
            ref float xR = ref Unsafe.Add(ref gates, row * 3 * units + unit), xZ = ref Unsafe.Add(ref xR, units), xN = ref Unsafe.Add(ref xZ, units);
            ref float hR = ref Unsafe.Add(ref recurrent, row * 3 * units + unit), hZ = ref Unsafe.Add(ref hR, units), hN = ref Unsafe.Add(ref hZ, units);
            T r = VectorMath.Sigmoid(T.Load(in xR) + T.Load(in hR)), z = VectorMath.Sigmoid(T.Load(in xZ) + T.Load(in hZ));
            T n = VectorMath.Tanh(T.MultiplyAdd(r, T.Load(in hN), T.Load(in xN)));
            r.Store(ref xR);
            z.Store(ref xZ);
            n.Store(ref xN);
            T.MultiplyAdd(z, T.Load(in Unsafe.Add(ref previousHidden, at)) - n, n).Store(ref Unsafe.Add(ref hidden, at));
        }
    }

    private readonly ref struct BackwardBody(
        int units, Span<float> gates, Span<float> recurrent, ReadOnlySpan<float> previousHidden, Span<float> dHidden) : ILoopBody
    {
        private readonly ref float gates = ref MemoryMarshal.GetReference(gates);
        private readonly ref float recurrent = ref MemoryMarshal.GetReference(recurrent);
        private readonly ref float previousHidden = ref MemoryMarshal.GetReference(previousHidden);
        private readonly ref float dHidden = ref MemoryMarshal.GetReference(dHidden);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int unit) where T : struct, ILanes<T>
        {
            int at = row * units + unit;
            ref float xR = ref Unsafe.Add(ref gates, row * 3 * units + unit), xZ = ref Unsafe.Add(ref xR, units), xN = ref Unsafe.Add(ref xZ, units);
            ref float hR = ref Unsafe.Add(ref recurrent, row * 3 * units + unit), hZ = ref Unsafe.Add(ref hR, units), hN = ref Unsafe.Add(ref hZ, units);
            ref float atHidden = ref Unsafe.Add(ref dHidden, at);
            T one = T.Broadcast(1), r = T.Load(in xR), z = T.Load(in xZ), n = T.Load(in xN), dH = T.Load(in atHidden);
            T dZ = dH * (T.Load(in Unsafe.Add(ref previousHidden, at)) - n) * z * (one - z);
            T dN = dH * (one - z) * (one - n * n);
            T dR = dN * T.Load(in hN) * r * (one - r);
            dR.Store(ref xR);
            dR.Store(ref hR);
            dZ.Store(ref xZ);
            dZ.Store(ref hZ);
            dN.Store(ref xN);
            (dN * r).Store(ref hN);
            (dH * z).Store(ref atHidden);
        }
    }
}
