using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>
/// Rotary position embedding (Su and others 2021): the channels i and i + half of a head are turned as one point of the plane by
/// position times base^(-i / pairs), so that the product of a query and a key depends on how far apart they are. Where the times of
/// the steps are known, in bars, the second half of the pairs is turned by them instead: so often a bar as <see cref="TurnsABar"/> says.
/// </summary>
internal static class RotaryPositions
{
    /// <summary>The slowest channels turn once in about 2 pi times this many positions.</summary>
    internal const double Base = 10_000;

    // Whole turns make steps at one place of any two bars alike; parts of a turn tell bars apart. The most useful come first.
    private static ReadOnlySpan<double> TurnsABar => [1, 1.0 / 2, 2, 1.0 / 4, 3, 4, 1.0 / 8, 1.0 / 16, 8, 6, 1.0 / 32, 12, 16, 5, 24, 1.0 / 3];

    /// <summary>The cosines and sines by which the channels of each step are turned.</summary>
    /// <param name="starts">[batch]: the position of each sequence's first step; empty where all begin at 0.</param>
    /// <param name="time">Steps of each sequence.</param>
    /// <param name="bars">[batch, time]: when each step is, in bars; empty where all pairs are turned by the position.</param>
    /// <param name="half">Half the channels of a head.</param>
    /// <param name="turns">[batch, time, 2 half]: cosines, then sines.</param>
    internal static void Fill(ReadOnlySpan<float> starts, int time, ReadOnlySpan<float> bars, int half, Span<float> turns)
    {
        int rows = turns.Length / (2 * half), pairs = bars.IsEmpty ? half : half - (half / 2);
        Span<double> speeds = stackalloc double[pairs];
        for (int i = 0; i < pairs; i++) speeds[i] = Math.Pow(Base, -(double)i / pairs);
        for (int row = 0; row < rows; row++)
        {
            Span<float> cosines = turns.Slice(row * 2 * half, half), sines = turns.Slice((row * 2 * half) + half, half);
            double position = (starts.IsEmpty ? 0 : starts[row / time]) + (row % time);
            for (int i = 0; i < half; i++)
            {
                double angle = i < pairs ? position * speeds[i] : 2 * Math.PI * (bars[row] * TurnsABar[(i - pairs) % TurnsABar.Length] % 1);
                var (sine, cosine) = Math.SinCos(angle);
                (cosines[i], sines[i]) = ((float)cosine, (float)sine);
            }
        }
    }

    /// <summary>Turns heads of the first channels of each row; the others are left.</summary>
    /// <param name="sizes">Of rows and heads.</param>
    /// <param name="turns">[rows, 2 half], what <see cref="Fill"/> gave.</param>
    /// <param name="plain">[rows, ...], <see cref="Sizes.PlainStride"/> apart.</param>
    /// <param name="turned">[rows, ...], <see cref="Sizes.TurnedStride"/> apart; may be plain.</param>
    internal static void Turn(Sizes sizes, ReadOnlySpan<float> turns, ReadOnlySpan<float> plain, Span<float> turned) =>
        Loop.Run(sizes.Rows, sizes.Half, 4 * sizes.Heads, new ForwardBody(sizes, turns[..sizes.TurnsExtent], plain[..sizes.PlainExtent], turned[..sizes.TurnedExtent]));

    /// <summary>The gradient of <see cref="Turn"/>: turns back and adds to the gradient of what was turned.</summary>
    internal static void TurnBack(Sizes sizes, ReadOnlySpan<float> turns, ReadOnlySpan<float> dTurned, Span<float> dPlain) =>
        Loop.Run(sizes.Rows, sizes.Half, 4 * sizes.Heads, new BackwardBody(sizes, turns[..sizes.TurnsExtent], dTurned[..sizes.TurnedExtent], dPlain[..sizes.PlainExtent]));

    /// <summary>Rows of heads.</summary>
    /// <param name="Rows">Steps of all sequences.</param>
    /// <param name="Heads">Heads that are turned in each row, queries' and keys' together.</param>
    /// <param name="Half">Half the channels of a head.</param>
    /// <param name="PlainStride">From one row to the next of what is turned.</param>
    /// <param name="TurnedStride">From one row to the next of the result.</param>
    internal readonly record struct Sizes(int Rows, int Heads, int Half, int PlainStride, int TurnedStride)
    {
        public int TurnsExtent => Rows * 2 * Half;

        public int PlainExtent => ((Rows - 1) * PlainStride) + (2 * Heads * Half);

        public int TurnedExtent => ((Rows - 1) * TurnedStride) + (2 * Heads * Half);
    }

    private readonly ref struct ForwardBody(Sizes sizes, ReadOnlySpan<float> turns, ReadOnlySpan<float> plain, Span<float> turned) : ILoopBody
    {
        private readonly ref float turns = ref MemoryMarshal.GetReference(turns), plain = ref MemoryMarshal.GetReference(plain), turned = ref MemoryMarshal.GetReference(turned);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float turn = ref Unsafe.Add(ref turns, row * 2 * sizes.Half + i);
            T cosine = T.Load(in turn), sine = T.Load(in Unsafe.Add(ref turn, sizes.Half));
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

    private readonly ref struct BackwardBody(Sizes sizes, ReadOnlySpan<float> turns, ReadOnlySpan<float> dTurned, Span<float> dPlain) : ILoopBody
    {
        private readonly ref float turns = ref MemoryMarshal.GetReference(turns), dTurned = ref MemoryMarshal.GetReference(dTurned), dPlain = ref MemoryMarshal.GetReference(dPlain);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do<T>(int row, int i) where T : struct, ILanes<T>
        {
            ref float turn = ref Unsafe.Add(ref turns, row * 2 * sizes.Half + i);
            T cosine = T.Load(in turn), sine = T.Load(in Unsafe.Add(ref turn, sizes.Half));
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
