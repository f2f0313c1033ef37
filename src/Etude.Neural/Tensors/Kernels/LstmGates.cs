using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>The elementwise part of one LSTM time step, gates in PyTorch's order: input i, forget f, candidate g, output o.</summary>
internal static class LstmGates
{
    /// <summary>c' = f c + i g and h = o tanh(c'), where i, f, o are sigmoids and g is a tanh of the given pre-activations.</summary>
    /// <param name="gates">[batch, 4 units]: pre-activations in, activations out.</param>
    /// <param name="previousCell">[batch, units] c; may be <paramref name="cell"/>.</param>
    /// <param name="cell">[batch, units] c'.</param>
    /// <param name="tanhCell">[batch, units] tanh(c'), kept for the backward pass.</param>
    /// <param name="hidden">[batch, units] h.</param>
    public static void Forward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> previousCell, Span<float> cell, Span<float> tanhCell, Span<float> hidden)
    {
        int size = batch * units;
        Loop.Run(batch, units, 8, new ForwardBody(units, gates[..(4 * size)], previousCell[..size], cell[..size], tanhCell[..size], hidden[..size]));
    }

    /// <summary>The gradient of <see cref="Forward"/>.</summary>
    /// <param name="gates">[batch, 4 units]: activations in, gradients of the pre-activations out.</param>
    /// <param name="previousCell">[batch, units] c, as given to Forward.</param>
    /// <param name="tanhCell">[batch, units] tanh(c').</param>
    /// <param name="dHidden">[batch, units] the whole gradient of h.</param>
    /// <param name="dCell">[batch, units]: gradient of c' from the later step in, gradient of c out.</param>
    public static void Backward(
        int batch, int units, Span<float> gates, ReadOnlySpan<float> previousCell, ReadOnlySpan<float> tanhCell, ReadOnlySpan<float> dHidden,
        Span<float> dCell)
    {
        int size = batch * units;
        Loop.Run(batch, units, 4, new BackwardBody(units, gates[..(4 * size)], previousCell[..size], tanhCell[..size], dHidden[..size], dCell[..size]));
    }

    private readonly ref struct ForwardBody(
        int units, Span<float> gates, ReadOnlySpan<float> previousCell, Span<float> cell, Span<float> tanhCell, Span<float> hidden) : ILoopBody
    {
        private readonly ref float gates = ref MemoryMarshal.GetReference(gates);
        private readonly ref float previousCell = ref MemoryMarshal.GetReference(previousCell);
        private readonly ref float cell = ref MemoryMarshal.GetReference(cell);
        private readonly ref float tanhCell = ref MemoryMarshal.GetReference(tanhCell);
        private readonly ref float hidden = ref MemoryMarshal.GetReference(hidden);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int unit) where T : struct, ILanes<T>
        {
            int at = row * units + unit;
            ref float atI = ref Unsafe.Add(ref gates, row * 4 * units + unit), atF = ref Unsafe.Add(ref atI, units);
            ref float atG = ref Unsafe.Add(ref atF, units), atO = ref Unsafe.Add(ref atG, units);
            T i = VectorMath.Sigmoid(T.Load(in atI)), f = VectorMath.Sigmoid(T.Load(in atF));
            T g = VectorMath.Tanh(T.Load(in atG)), o = VectorMath.Sigmoid(T.Load(in atO));
            i.Store(ref atI);
            f.Store(ref atF);
            g.Store(ref atG);
            o.Store(ref atO);
            T c = T.MultiplyAdd(f, T.Load(in Unsafe.Add(ref previousCell, at)), i * g), t = VectorMath.Tanh(c);
            c.Store(ref Unsafe.Add(ref cell, at));
            t.Store(ref Unsafe.Add(ref tanhCell, at));
            (o * t).Store(ref Unsafe.Add(ref hidden, at));
        }
    }

    private readonly ref struct BackwardBody(
        int units, Span<float> gates, ReadOnlySpan<float> previousCell, ReadOnlySpan<float> tanhCell, ReadOnlySpan<float> dHidden,
        Span<float> dCell) : ILoopBody
    {
        private readonly ref float gates = ref MemoryMarshal.GetReference(gates);
        private readonly ref float previousCell = ref MemoryMarshal.GetReference(previousCell);
        private readonly ref float tanhCell = ref MemoryMarshal.GetReference(tanhCell);
        private readonly ref float dHidden = ref MemoryMarshal.GetReference(dHidden);
        private readonly ref float dCell = ref MemoryMarshal.GetReference(dCell);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int unit) where T : struct, ILanes<T>
        {
            int at = row * units + unit;
            ref float atI = ref Unsafe.Add(ref gates, row * 4 * units + unit), atF = ref Unsafe.Add(ref atI, units);
            ref float atG = ref Unsafe.Add(ref atF, units), atO = ref Unsafe.Add(ref atG, units), atCell = ref Unsafe.Add(ref dCell, at);
            T one = T.Broadcast(1), i = T.Load(in atI), f = T.Load(in atF), g = T.Load(in atG), o = T.Load(in atO);
            T t = T.Load(in Unsafe.Add(ref tanhCell, at)), dH = T.Load(in Unsafe.Add(ref dHidden, at));
            T dC = T.MultiplyAdd(dH * o, one - t * t, T.Load(in atCell));
            (dC * g * i * (one - i)).Store(ref atI);
            (dC * T.Load(in Unsafe.Add(ref previousCell, at)) * f * (one - f)).Store(ref atF);
            (dC * i * (one - g * g)).Store(ref atG);
            (dH * t * o * (one - o)).Store(ref atO);
            (dC * f).Store(ref atCell);
        }
    }
}
