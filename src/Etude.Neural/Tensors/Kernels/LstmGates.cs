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
        (int rowsPerPart, int parts) = Kernel.Cut(batch, 8 * units);
        Kernel.Run(
            parts,
            new ForwardKernel(units, rowsPerPart, gates[..(4 * size)], previousCell[..size], cell[..size], tanhCell[..size], hidden[..size]));
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

    private readonly ref struct ForwardKernel(
        int units, int rowsPerPart, Span<float> gates, ReadOnlySpan<float> previousCell, Span<float> cell, Span<float> tanhCell, Span<float> hidden)
        : IKernel
    {
        private readonly ReadOnlySpan<float> previousCell = previousCell;
        private readonly Span<float> gates = gates, cell = cell, tanhCell = tanhCell, hidden = hidden;

        // A row in several passes, within the first-level cache: in one, the compiler would no longer inline all of it.
        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int end = Math.Min(hidden.Length, (part + 1) * rowsPerPart * units);
            for (int at = part * rowsPerPart * units; at < end; at += units)
            {
                Span<float> row = gates.Slice(4 * at, 4 * units), inputAndForget = row[..(2 * units)], o = row[(3 * units)..];
                Span<float> g = row.Slice(2 * units, units), c = cell.Slice(at, units), t = tanhCell.Slice(at, units);
                Map.Here<T, Activations.SigmoidOf>(default, inputAndForget, inputAndForget);
                Map.Here<T, Activations.TanhOf>(default, g, g);
                Map.Here<T, Activations.SigmoidOf>(default, o, o);
                Map.Here<T, Functions.Times>(default, row.Slice(units, units), previousCell.Slice(at, units), c);
                Map.Here<T, Functions.TimesPlus>(default, row[..units], g, c, c);
                Map.Here<T, Activations.TanhOf>(default, c, t);
                Map.Here<T, Functions.Times>(default, o, t, hidden.Slice(at, units));
            }
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
