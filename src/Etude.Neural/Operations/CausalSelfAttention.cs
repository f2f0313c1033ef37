using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>
/// Scaled dot-product attention of each step to itself and the steps before it, several heads at once, with rotary positions.
/// </summary>
/// <remarks>
/// The matrix of all weights [time, time] is never stored: blocks of it are computed, used and forgotten, the softmax being
/// brought up to date from block to block, and computed again in the backward pass (Dao and others 2022). Steps of a cache
/// stand before the sequence: they are looked at, and no gradient goes to them (Dai and others 2019).
/// </remarks>
public static class CausalSelfAttention
{
    // A block of weights and its gradient, 256 KB, stay in the second-level cache; less would not be worth packing for.
    private const int BlockRows = 64, BlockColumns = 512;

    /// <summary>softmax(q k^T / sqrt(channels of a head)) v for each head, later steps hidden, q and k turned by their positions.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="projections">[batch, time, 3 channels]: queries, keys, values; heads are equal parts of the channels.</param>
    /// <param name="heads">The number of heads; channels divided by it must be even.</param>
    /// <param name="cache">
    /// The steps before, which these are added to; each step then looks at the last <see cref="AttentionCache.Capacity"/>, itself
    /// among them. Null: the sequences begin here, and each step looks at all before it.
    /// </param>
    /// <param name="turns">
    /// By how much the channels of each step are turned, from <see cref="Turns"/>: to share it between layers. Null: by the positions alone.
    /// </param>
    /// <returns>[batch, time, channels]</returns>
    /// <exception cref="ArgumentException">The shape does not fit the heads, the cache or the turns.</exception>
    public static Tensor AttendToPast(this Tape tape, Tensor projections, int heads, AttentionCache? cache = null, Tensor? turns = null)
    {
        if (projections.Shape.Rank != 3 || heads < 1 || projections.Shape[2] % (6 * heads) != 0)
            throw new ArgumentException($"{projections.Shape} is not three times {heads} heads of an even number of channels.", nameof(projections));
        int batch = projections.Shape[0], width = projections.Shape[2] / 3 / heads;
        if (cache is { } known && (known.Batch != batch || known.Keys.Shape[1] != heads || known.Keys.Shape[3] != width))
            throw new ArgumentException($"A cache {known.Keys.Shape} does not fit {projections.Shape} in {heads} heads.", nameof(cache));
        var sizes = new Sizes(batch, projections.Shape[1], heads, width, cache?.Capacity ?? 0);
        if (turns is not null && turns.Length != sizes.Rows.TurnsExtent)
            throw new ArgumentException($"Turns {turns.Shape} do not fit {projections.Shape} in {heads} heads.", nameof(turns));
        turns ??= tape.Turns(batch, sizes.Time, width, cache);
        var y = tape.Allocate(projections.Shape.WithChannels(sizes.Channels), projections.RequiresGradient);
        var turned = tape.ScratchBuffer(2 * y.Length);
        var logSums = tape.ScratchBuffer(sizes.Parts * sizes.Time);
        var past = tape.ScratchBuffer(sizes.PastLength);
        Recall(cache, sizes, past.Slice(0, sizes.PastLength));
        RotaryPositions.Turn(sizes.Rows, turns.Data, projections.Data, turned.Slice(0, 2 * y.Length));
        Workers.For(
            sizes.Parts,
            new ForwardPass(
                sizes, turned.Slice(0, 2 * y.Length), projections.Data, past.Slice(0, sizes.PastLength), y.Data,
                logSums.Slice(0, sizes.Parts * sizes.Time)));
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Projections, operation.Y, operation.Turns, operation.Turned, operation.Past, operation.LogSums, operation.Sizes) =
                (projections, y, turns, turned, past, logSums, sizes);
        }

        if (cache is { } after) Remember(after, sizes, turned.Slice(0, 2 * y.Length), projections.Data);
        return y;
    }

    /// <summary>The cosines and sines by which rotary positions turn the channels of each step, of every head alike.</summary>
    /// <param name="tape">Where they live.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="time">Steps in each.</param>
    /// <param name="width">Channels of a head, an even number.</param>
    /// <param name="cache">The steps before, which give the positions; null where the sequences begin here.</param>
    /// <param name="bars">
    /// [batch, time]: when each step is, in bars. Every second half of the channels' pairs is then turned by it, a whole number of times a bar
    /// or once in several, so that attention can ask for the same place of other bars. Empty: all are turned by the positions.
    /// </param>
    /// <returns>[batch, time, width]</returns>
    public static Tensor Turns(this Tape tape, int batch, int time, int width, AttentionCache? cache = null, ReadOnlySpan<float> bars = default)
    {
        if (!bars.IsEmpty && bars.Length != batch * time) throw new ArgumentException($"{bars.Length} times came for [{batch}, {time}].", nameof(bars));
        Tensor turns = tape.Allocate([batch, time, width]);
        RotaryPositions.Fill(cache is { } known ? known.Positions.Data : default, time, bars, width / 2, turns.Data);
        return turns;
    }

    // The cache is overwritten before the backward pass, so what it holds is copied.
    private static void Recall(AttentionCache? remembered, Sizes sizes, Span<float> past)
    {
        if (remembered is not { } cache)
        {
            past.Clear();
            return;
        }
        for (int sequence = 0; sequence < sizes.Batch; sequence++)
        {
            past[sequence] = cache.Count(sequence);
            for (int head = 0; head < sizes.Heads; head++)
            {
                int part = sequence * sizes.Heads + head;
                cache.Unroll(cache.Keys, sequence, head, past[sizes.PastKeys(part)..]);
                cache.Unroll(cache.Values, sequence, head, past[sizes.PastValues(part)..]);
            }
        }
    }

    private static void Remember(AttentionCache cache, Sizes sizes, ReadOnlySpan<float> turned, ReadOnlySpan<float> projections)
    {
        int channels = sizes.Channels, width = sizes.HeadChannels;
        for (int sequence = 0; sequence < sizes.Batch; sequence++)
        {
            int position = cache.Position(sequence);
            for (int head = 0; head < sizes.Heads; head++)
            {
                Span<float> keys = cache.Ring(cache.Keys, sequence, head), values = cache.Ring(cache.Values, sequence, head);
                for (int t = Math.Max(0, sizes.Time - sizes.Context); t < sizes.Time; t++)
                {
                    int row = sequence * sizes.Time + t, place = (position + t) % sizes.Context * width, column = head * width;
                    turned.Slice((row * 2 + 1) * channels + column, width).CopyTo(keys[place..]);
                    projections.Slice((row * 3 + 2) * channels + column, width).CopyTo(values[place..]);
                }
            }
            cache.Positions.Data[sequence] += sizes.Time;
        }
    }

    /// <summary>
    /// Turned queries and keys lie as [batch, time, 2 channels]; projections as [batch, time, 3 channels]; the past as [batch] counts
    /// of remembered steps, and keys and values [batch, heads, context, channels of a head], oldest first. Context
    /// is the cache's capacity, 0 without one.
    /// </summary>
    private readonly record struct Sizes(int Batch, int Time, int Heads, int HeadChannels, int Context)
    {
        public int Channels => Heads * HeadChannels;

        public int Parts => Batch * Heads;

        public RotaryPositions.Sizes Rows => new(Batch * Time, 2 * Heads, HeadChannels / 2, 3 * Channels, 2 * Channels);

        public int PastLength => Batch + 2 * Parts * Context * HeadChannels;

        public int PastKeys(int part) => Batch + part * Context * HeadChannels;

        public int PastValues(int part) => PastKeys(Parts + part);

        public float Scale => 1 / MathF.Sqrt(HeadChannels);

        /// <summary>The first step, counted from the start of the sequence, that a step looks at, so many being remembered.</summary>
        public int FirstSeen(int step, int remembered) => Context == 0 ? 0 : Math.Max(step - Context + 1, -remembered);

        /// <summary>How many steps from one on make a block: as many as are seen, none lying across the start.</summary>
        /// <param name="to">The first step of the block.</param>
        /// <param name="end">The step after the last that the rows see.</param>
        public static int ColumnsFrom(int to, int end) => Math.Min(BlockColumns, to < 0 ? -to : end - to);

        /// <summary>Which columns of a block each row sees.</summary>
        /// <param name="from">The step of the first row.</param>
        /// <param name="to">The step of the first column.</param>
        /// <param name="columns">The columns of the block.</param>
        /// <param name="remembered">How many steps stand before the sequence.</param>
        /// <param name="starts">[rows]: the first column seen.</param>
        /// <param name="ends">[rows]: the column after the last.</param>
        public void See(int from, int to, int columns, int remembered, Span<int> starts, Span<int> ends)
        {
            for (int row = 0; row < starts.Length; row++)
            {
                starts[row] = Math.Max(0, FirstSeen(from + row, remembered) - to);
                ends[row] = Math.Min(columns, from + row + 1 - to);
            }
        }

        /// <summary>The keys from a step on, [steps, channels of a head] with rows a stride apart.</summary>
        public ReadOnlySpan<float> Keys(
            int part, int step, int remembered, ReadOnlySpan<float> turned, ReadOnlySpan<float> past, out int stride)
        {
            stride = step < 0 ? HeadChannels : 2 * Channels;
            return step < 0
                ? past[(PastKeys(part) + (remembered + step) * stride)..]
                : turned[((part / Heads * Time + step) * stride + Channels + part % Heads * HeadChannels)..];
        }

        /// <summary>The values from a step on, likewise.</summary>
        public ReadOnlySpan<float> Values(
            int part, int step, int remembered, ReadOnlySpan<float> projections, ReadOnlySpan<float> past, out int stride)
        {
            stride = step < 0 ? HeadChannels : 3 * Channels;
            return step < 0
                ? past[(PastValues(part) + (remembered + step) * stride)..]
                : projections[((part / Heads * Time + step) * stride + 2 * Channels + part % Heads * HeadChannels)..];
        }
    }

    /// <summary>One head of one sequence in each part.</summary>
    private readonly ref struct ForwardPass(
        Sizes sizes, ReadOnlySpan<float> turned, ReadOnlySpan<float> projections, ReadOnlySpan<float> past, Span<float> y, Span<float> logSums) : IWork
    {
        private readonly ReadOnlySpan<float> _turned = turned, _projections = projections, _past = past;
        private readonly Span<float> _y = y, _logSums = logSums;

        public void Run(int index)
        {
            int channels = sizes.Channels, width = sizes.HeadChannels, time = sizes.Time;
            int sequence = index / sizes.Heads * time, column = index % sizes.Heads * width;
            int remembered = (int)_past[index / sizes.Heads];
            var queries = _turned[(sequence * 2 * channels + column)..];
            var results = _y[(sequence * channels + column)..];
            var logSums = _logSums.Slice(index * time, time);
            var buffer = BufferPool.Shared.Rent(BlockRows * (BlockColumns + 3));
            Span<int> starts = stackalloc int[BlockRows], ends = stackalloc int[BlockRows];
            for (int from = 0; from < time; from += BlockRows)
            {
                int rows = Math.Min(BlockRows, time - from), first = sizes.FirstSeen(from, remembered), columns;
                Span<float> maxima = buffer.Slice(BlockRows * BlockColumns, rows), sums = buffer.Slice(BlockRows * (BlockColumns + 1), rows);
                var shrinks = buffer.Slice(BlockRows * (BlockColumns + 2), rows);
                maxima.Fill(float.NegativeInfinity);
                sums.Clear();
                for (int to = first; to < from + rows; to += columns)
                {
                    columns = Sizes.ColumnsFrom(to, from + rows);
                    var keys = sizes.Keys(index, to, remembered, _turned, _past, out int keyStride);
                    var values = sizes.Values(index, to, remembered, _projections, _past, out int valueStride);
                    var weights = buffer.Slice(0, rows * columns);
                    Gemm.Multiply(
                        rows, columns, width, queries[(from * 2 * channels)..], 2 * channels, false, keys, keyStride, true, false, weights, columns);
                    sizes.See(from, to, columns, remembered, starts[..rows], ends[..rows]);
                    AttentionRows.Forward(columns, sizes.Scale, starts, ends, weights, maxima, sums, shrinks);
                    for (int row = 0; to > first && row < rows; row++)
                    {
                        var result = results.Slice((from + row) * channels, width);
                        if (shrinks[row] != 1) Elementwise.Scale(result, shrinks[row], result);
                    }

                    Gemm.Multiply(
                        rows, width, columns, weights, columns, false, values, valueStride, false, to > first, results[(from * channels)..], channels);
                }

                for (int row = 0; row < rows; row++)
                {
                    var result = results.Slice((from + row) * channels, width);
                    Elementwise.Scale(result, 1 / sums[row], result);
                    logSums[from + row] = maxima[row] + MathF.Log(sums[row]);
                }
            }

            BufferPool.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// One head of one sequence in each part. With P the weights: dV = P^T dY, dS = P (dY V^T - rowsum(dY Y)) scale,
    /// dQ = dS K, dK = dS^T Q.
    /// </summary>
    private readonly ref struct BackwardPass(
        Sizes sizes, ReadOnlySpan<float> turned, ReadOnlySpan<float> projections, ReadOnlySpan<float> past, ReadOnlySpan<float> y,
        ReadOnlySpan<float> logSums, ReadOnlySpan<float> dY, Span<float> dTurned, Span<float> dProjections) : IWork
    {
        private readonly ReadOnlySpan<float> _turned = turned, _projections = projections, _past = past, _y = y, _logSums = logSums, _dY = dY;
        private readonly Span<float> _dTurned = dTurned, _dProjections = dProjections;

        public void Run(int index)
        {
            int channels = sizes.Channels, width = sizes.HeadChannels, time = sizes.Time;
            int sequence = index / sizes.Heads * time, column = index % sizes.Heads * width;
            int remembered = (int)_past[index / sizes.Heads];
            int query = sequence * 2 * channels + column;
            var queries = _turned[query..];
            Span<float> dQueries = _dTurned[query..], dKeys = _dTurned[(query + channels)..];
            var dValues = _dProjections[(sequence * 3 * channels + 2 * channels + column)..];
            var results = _y[(sequence * channels + column)..];
            var dResults = _dY[(sequence * channels + column)..];
            var logSums = _logSums.Slice(index * time, time);
            var buffer = BufferPool.Shared.Rent(BlockRows * (2 * BlockColumns + 1));
            Span<int> starts = stackalloc int[BlockRows], ends = stackalloc int[BlockRows];
            for (int from = 0; from < time; from += BlockRows)
            {
                int rows = Math.Min(BlockRows, time - from), columns;
                var dots = buffer.Slice(2 * BlockRows * BlockColumns, rows);
                for (int row = 0; row < rows; row++)
                {
                    int at = (from + row) * channels;
                    dots[row] = (float)Reductions.Dot(dResults.Slice(at, width), results.Slice(at, width));
                }

                for (int to = sizes.FirstSeen(from, remembered); to < from + rows; to += columns)
                {
                    columns = Sizes.ColumnsFrom(to, from + rows);
                    var keys = sizes.Keys(index, to, remembered, _turned, _past, out int keyStride);
                    var values = sizes.Values(index, to, remembered, _projections, _past, out int valueStride);
                    var weights = buffer.Slice(0, rows * columns);
                    var slopes = buffer.Slice(BlockRows * BlockColumns, rows * columns);
                    Gemm.Multiply(
                        rows, columns, width, queries[(from * 2 * channels)..], 2 * channels, false, keys, keyStride, true, false, weights, columns);
                    Gemm.Multiply(
                        rows, columns, width, dResults[(from * channels)..], channels, false, values, valueStride, true, false, slopes, columns);
                    sizes.See(from, to, columns, remembered, starts[..rows], ends[..rows]);
                    AttentionRows.Backward(columns, sizes.Scale, starts, ends, weights, slopes, logSums.Slice(from, rows), dots);
                    Gemm.Multiply(
                        rows, width, columns, slopes, columns, false, keys, keyStride, false, true, dQueries[(from * 2 * channels)..], 2 * channels);
                    if (to < 0) continue; // what is remembered does not change
                    Gemm.Multiply(
                        columns, width, rows, weights, columns, true, dResults[(from * channels)..], channels, false,
                        true, dValues[(to * 3 * channels)..], 3 * channels);
                    Gemm.Multiply(
                        columns, width, rows, slopes, columns, true, queries[(from * 2 * channels)..], 2 * channels, false,
                        true, dKeys[(to * 2 * channels)..], 2 * channels);
                }
            }

            BufferPool.Shared.Return(buffer);
        }
    }

    private sealed class Operation : Autograd.Operation
    {
        public Tensor Projections = null!, Y = null!, Turns = null!;
        public AlignedBuffer Turned = null!, Past = null!, LogSums = null!;
        public Sizes Sizes;

        public override void Backward()
        {
            int length = 2 * Y.Length;
            var buffer = BufferPool.Shared.Rent(length);
            var dTurned = buffer.Slice(0, length);
            dTurned.Clear();
            Workers.For(
                Sizes.Parts,
                new BackwardPass(
                    Sizes, Turned.Slice(0, length), Projections.Data, Past.Slice(0, Sizes.PastLength), Y.Data,
                    LogSums.Slice(0, Sizes.Parts * Sizes.Time), Y.Gradient, dTurned, Projections.Gradient));
            RotaryPositions.TurnBack(Sizes.Rows, Turns.Data, dTurned, Projections.Gradient);
            BufferPool.Shared.Return(buffer);
        }
    }
}
