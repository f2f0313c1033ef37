using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>
/// Rotary position embedding (Su and others 2021): the channels i and i + half of a head are turned as one point of the
/// plane by position times base^(-i / half), so that the product of a query and a key depends on how far apart they are.
/// </summary>
internal static class RotaryPositions
{
    /// <summary>The slowest channels turn once in about 2 pi times this many positions.</summary>
    internal const double Base = 10_000;

    // For each half the turns of the positions from 0 on, as far as any sequence was long: they cost more than what they turn.
    private static readonly ConcurrentDictionary<int, float[]> Tables = new();

    /// <summary>Turns heads of the first channels of each row; the others are left.</summary>
    /// <param name="sizes">Of rows and heads.</param>
    /// <param name="starts">[batch]: the position of each sequence's first row.</param>
    /// <param name="plain">[batch, time, ...], rows <see cref="Sizes.PlainStride"/> apart.</param>
    /// <param name="turned">[batch, time, ...], rows <see cref="Sizes.TurnedStride"/> apart; may be plain.</param>
    internal static void Turn(Sizes sizes, ReadOnlySpan<float> starts, ReadOnlySpan<float> plain, Span<float> turned)
    {
        var buffer = BufferPool.Shared.Rent(sizes.Batch * 2 * sizes.Half);
        var bases = TurnsOf(starts, sizes.Half, buffer);
        Loop.Run(
            sizes.Batch * sizes.Time, sizes.Half, 4 * sizes.Heads,
            new ForwardBody(sizes, new(sizes, Table(sizes.Half, sizes.Time), bases), plain[..sizes.PlainExtent], turned[..sizes.TurnedExtent]));
        BufferPool.Shared.Return(buffer);
    }

    /// <summary>The gradient of <see cref="Turn"/>: turns back and adds to the gradient of what was turned.</summary>
    internal static void TurnBack(Sizes sizes, ReadOnlySpan<float> starts, ReadOnlySpan<float> dTurned, Span<float> dPlain)
    {
        var buffer = BufferPool.Shared.Rent(sizes.Batch * 2 * sizes.Half);
        var bases = TurnsOf(starts, sizes.Half, buffer);
        Loop.Run(
            sizes.Batch * sizes.Time, sizes.Half, 4 * sizes.Heads,
            new BackwardBody(sizes, new(sizes, Table(sizes.Half, sizes.Time), bases), dTurned[..sizes.TurnedExtent], dPlain[..sizes.PlainExtent]));
        BufferPool.Shared.Return(buffer);
    }

    private static ReadOnlySpan<float> TurnsOf(ReadOnlySpan<float> positions, int half, AlignedBuffer buffer)
    {
        var turns = buffer.Slice(0, positions.Length * 2 * half);
        for (int i = 0; i < positions.Length; i++) TurnsOf((long)positions[i], turns.Slice(i * 2 * half, 2 * half));
        return turns;
    }

    // [2 half]: cosines, sines.
    private static void TurnsOf(long position, Span<float> turns)
    {
        int half = turns.Length / 2;
        for (int i = 0; i < half; i++)
        {
            var (sine, cosine) = position == 0 ? (0, 1) : Math.SinCos(position * Math.Pow(Base, -(double)i / half));
            (turns[i], turns[half + i]) = ((float)cosine, (float)sine);
        }
    }

    private static float[] Table(int half, int positions) =>
        Tables.TryGetValue(half, out float[]? table) && table.Length >= positions * 2 * half ? table : Extend(half, positions);

    private static float[] Extend(int half, int positions)
    {
        float[] made = new float[(int)BitOperations.RoundUpToPowerOf2((uint)positions) * 2 * half];
        for (int position = 0; position < made.Length / (2 * half); position++) TurnsOf(position, made.AsSpan(position * 2 * half, 2 * half));
        return Tables.AddOrUpdate(half, made, (_, other) => other.Length >= made.Length ? other : made);
    }

    /// <summary>Rows of heads.</summary>
    /// <param name="Batch">Sequences.</param>
    /// <param name="Time">Rows in each.</param>
    /// <param name="Heads">Heads that are turned in each row, queries' and keys' together.</param>
    /// <param name="Half">Half the channels of a head.</param>
    /// <param name="PlainStride">From one row to the next of what is turned.</param>
    /// <param name="TurnedStride">From one row to the next of the result.</param>
    internal readonly record struct Sizes(int Batch, int Time, int Heads, int Half, int PlainStride, int TurnedStride)
    {
        public int PlainExtent => (Batch * Time - 1) * PlainStride + 2 * Heads * Half;

        public int TurnedExtent => (Batch * Time - 1) * TurnedStride + 2 * Heads * Half;
    }

    /// <summary>The turn of a row: that of its sequence's start and that of its place in the sequence, added.</summary>
    private readonly ref struct Turns(Sizes sizes, ReadOnlySpan<float> places, ReadOnlySpan<float> starts)
    {
        private readonly ref float places = ref MemoryMarshal.GetReference(places), starts = ref MemoryMarshal.GetReference(starts);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Get<T>(int row, int i, out T cosine, out T sine) where T : struct, ILanes<T>
        {
            ref float place = ref Unsafe.Add(ref places, row % sizes.Time * 2 * sizes.Half + i);
            ref float start = ref Unsafe.Add(ref starts, row / sizes.Time * 2 * sizes.Half + i);
            T a = T.Load(in place), b = T.Load(in Unsafe.Add(ref place, sizes.Half)), c = T.Load(in start), d = T.Load(in Unsafe.Add(ref start, sizes.Half));
            (cosine, sine) = (a * c - b * d, b * c + a * d);
        }
    }

    private readonly ref struct ForwardBody(Sizes sizes, Turns turns, ReadOnlySpan<float> plain, Span<float> turned) : ILoopBody
    {
        private readonly Turns turns = turns;
        private readonly ref float plain = ref MemoryMarshal.GetReference(plain), turned = ref MemoryMarshal.GetReference(turned);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            turns.Get(row, i, out T cosine, out T sine);
            ref float from = ref Unsafe.Add(ref plain, row * sizes.PlainStride + i), to = ref Unsafe.Add(ref turned, row * sizes.TurnedStride + i);
            for (int head = 0; head < sizes.Heads; head++)
            {
                T x = T.Load(in from), y = T.Load(in Unsafe.Add(ref from, sizes.Half));
                (x * cosine - y * sine).Store(ref to);
                (y * cosine + x * sine).Store(ref Unsafe.Add(ref to, sizes.Half));
                from = ref Unsafe.Add(ref from, 2 * sizes.Half);
                to = ref Unsafe.Add(ref to, 2 * sizes.Half);
            }
        }
    }

    private readonly ref struct BackwardBody(Sizes sizes, Turns turns, ReadOnlySpan<float> dTurned, Span<float> dPlain) : ILoopBody
    {
        private readonly Turns turns = turns;
        private readonly ref float dTurned = ref MemoryMarshal.GetReference(dTurned), dPlain = ref MemoryMarshal.GetReference(dPlain);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            turns.Get(row, i, out T cosine, out T sine);
            ref float from = ref Unsafe.Add(ref dTurned, row * sizes.TurnedStride + i), to = ref Unsafe.Add(ref dPlain, row * sizes.PlainStride + i);
            for (int head = 0; head < sizes.Heads; head++)
            {
                ref float second = ref Unsafe.Add(ref to, sizes.Half);
                T x = T.Load(in from), y = T.Load(in Unsafe.Add(ref from, sizes.Half));
                (T.Load(in to) + x * cosine + y * sine).Store(ref to);
                (T.Load(in second) + y * cosine - x * sine).Store(ref second);
                from = ref Unsafe.Add(ref from, 2 * sizes.Half);
                to = ref Unsafe.Add(ref to, 2 * sizes.Half);
            }
        }
    }
}
