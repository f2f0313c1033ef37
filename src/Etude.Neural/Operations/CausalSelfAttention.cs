using Etude.Neural.Autograd;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Operations;

/// <summary>
/// Scaled dot-product attention of each step to itself and the steps before it, several heads at once, with rotary positions.
/// </summary>
/// <remarks>
/// The matrix of all weights [time, time] is never stored: blocks of it are computed, used and forgotten, the softmax being
/// brought up to date from block to block, and computed again in the backward pass (Dao and others 2022).
/// </remarks>
public static class CausalSelfAttention
{
    // A block of weights and its gradient, 32 KB, stay in the first-level cache.
    private const int Block = 64;

    /// <summary>softmax(q k^T / sqrt(channels of a head)) v for each head, later steps hidden, q and k turned by their positions.</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="projections">[batch, time, 3 channels]: queries, keys, values; heads are equal parts of the channels.</param>
    /// <param name="heads">The number of heads; channels divided by it must be even.</param>
    /// <returns>[batch, time, channels]</returns>
    /// <exception cref="ArgumentException">The shape does not fit the heads.</exception>
    public static Tensor AttendToPast(this Tape tape, Tensor projections, int heads)
    {
        if (projections.Shape.Rank != 3 || heads < 1 || projections.Shape[2] % (6 * heads) != 0)
            throw new ArgumentException($"{projections.Shape} is not three times {heads} heads of an even number of channels.", nameof(projections));
        var sizes = new Sizes(projections.Shape[0], projections.Shape[1], heads, projections.Shape[2] / 3 / heads);
        var y = tape.Allocate(projections.Shape.WithChannels(sizes.Channels), projections.RequiresGradient);
        var turned = tape.ScratchBuffer(2 * y.Length);
        var logSums = tape.ScratchBuffer(sizes.Batch * heads * sizes.Time);
        sizes.Turn(projections.Data, turned.Slice(0, 2 * y.Length), back: false);
        Workers.For(
            sizes.Batch * heads,
            new ForwardPass(sizes, turned.Slice(0, 2 * y.Length), projections.Data, y.Data, logSums.Slice(0, sizes.Batch * heads * sizes.Time)));
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Operation>();
            (operation.Projections, operation.Y, operation.Turned, operation.LogSums, operation.Sizes) = (projections, y, turned, logSums, sizes);
        }

        return y;
    }

    /// <summary>Turned queries and keys lie as [batch, time, 2 channels]; projections as [batch, time, 3 channels].</summary>
    private readonly record struct Sizes(int Batch, int Time, int Heads, int HeadChannels)
    {
        public int Channels => Heads * HeadChannels;

        public float Scale => 1 / MathF.Sqrt(HeadChannels);

        /// <summary>Turns queries and keys by their positions, or brings the gradient of that back to the projections.</summary>
        public void Turn(Span<float> projections, Span<float> turned, bool back)
        {
            var buffer = BufferPool.Shared.Rent(HeadChannels);
            Span<float> cosines = buffer.Slice(0, HeadChannels / 2), sines = buffer.Slice(HeadChannels / 2, HeadChannels / 2);
            for (int t = 0; t < Time; t++)
            {
                RotaryPositions.Turns(t, cosines, sines);
                for (int sequence = 0; sequence < Batch; sequence++)
                {
                    int row = sequence * Time + t;
                    var plain = projections.Slice(row * 3 * Channels, 2 * Channels);
                    var result = turned.Slice(row * 2 * Channels, 2 * Channels);
                    if (back) RotaryPositions.RotateBack(result, cosines, sines, plain);
                    else RotaryPositions.Rotate(plain, cosines, sines, result);
                }
            }

            BufferPool.Shared.Return(buffer);
        }
    }

    /// <summary>One head of one sequence in each part.</summary>
    private readonly ref struct ForwardPass(
        Sizes sizes, ReadOnlySpan<float> turned, ReadOnlySpan<float> projections, Span<float> y, Span<float> logSums) : IWork
    {
        private readonly ReadOnlySpan<float> _turned = turned, _projections = projections;
        private readonly Span<float> _y = y, _logSums = logSums;

        public void Run(int index)
        {
            int channels = sizes.Channels, width = sizes.HeadChannels, time = sizes.Time;
            int sequence = index / sizes.Heads * time, column = index % sizes.Heads * width;
            var queries = _turned[(sequence * 2 * channels + column)..];
            var keys = _turned[(sequence * 2 * channels + channels + column)..];
            var values = _projections[(sequence * 3 * channels + 2 * channels + column)..];
            var results = _y[(sequence * channels + column)..];
            var logSums = _logSums.Slice(index * time, time);
            var buffer = BufferPool.Shared.Rent(Block * Block + 2 * Block);
            Span<float> maxima = buffer.Slice(Block * Block, Block), sums = buffer.Slice(Block * Block + Block, Block);
            for (int from = 0; from < time; from += Block)
            {
                int rows = Math.Min(Block, time - from);
                maxima.Fill(float.NegativeInfinity);
                sums.Clear();
                for (int to = 0; to <= from; to += Block)
                {
                    int columns = Math.Min(Block, time - to);
                    var weights = buffer.Slice(0, rows * columns);
                    Gemm.Multiply(
                        rows, columns, width, queries[(from * 2 * channels)..], 2 * channels, false, keys[(to * 2 * channels)..], 2 * channels, true,
                        false, weights, columns);
                    Elementwise.Scale(weights, sizes.Scale, weights);
                    for (int row = 0; row < rows; row++)
                    {
                        var line = weights.Slice(row * columns, columns);
                        if (to == from) line[(row + 1)..].Fill(float.NegativeInfinity);
                        float max = MathF.Max(maxima[row], Reductions.Max(line)), shrink = MathF.Exp(maxima[row] - max);
                        Elementwise.AddScalar(line, -max, line);
                        Elementwise.Exp(line, line);
                        sums[row] = sums[row] * shrink + (float)Reductions.Sum(line);
                        maxima[row] = max;
                        var result = results.Slice((from + row) * channels, width);
                        if (to > 0 && shrink != 1) Elementwise.Scale(result, shrink, result);
                    }

                    Gemm.Multiply(
                        rows, width, columns, weights, columns, false, values[(to * 3 * channels)..], 3 * channels, false,
                        to > 0, results[(from * channels)..], channels);
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
        Sizes sizes, ReadOnlySpan<float> turned, ReadOnlySpan<float> projections, ReadOnlySpan<float> y, ReadOnlySpan<float> logSums,
        ReadOnlySpan<float> dY, Span<float> dTurned, Span<float> dProjections) : IWork
    {
        private readonly ReadOnlySpan<float> _turned = turned, _projections = projections, _y = y, _logSums = logSums, _dY = dY;
        private readonly Span<float> _dTurned = dTurned, _dProjections = dProjections;

        public void Run(int index)
        {
            int channels = sizes.Channels, width = sizes.HeadChannels, time = sizes.Time;
            int sequence = index / sizes.Heads * time, column = index % sizes.Heads * width;
            int query = sequence * 2 * channels + column, key = query + channels, value = sequence * 3 * channels + 2 * channels + column;
            ReadOnlySpan<float> queries = _turned[query..], keys = _turned[key..], values = _projections[value..];
            Span<float> dQueries = _dTurned[query..], dKeys = _dTurned[key..], dValues = _dProjections[value..];
            var results = _y[(sequence * channels + column)..];
            var dResults = _dY[(sequence * channels + column)..];
            var buffer = BufferPool.Shared.Rent(2 * Block * Block + Block);
            var dots = buffer.Slice(2 * Block * Block, Block);
            for (int from = 0; from < time; from += Block)
            {
                int rows = Math.Min(Block, time - from);
                for (int row = 0; row < rows; row++)
                {
                    int at = (from + row) * channels;
                    dots[row] = (float)Reductions.Dot(dResults.Slice(at, width), results.Slice(at, width));
                }

                for (int to = 0; to <= from; to += Block)
                {
                    int columns = Math.Min(Block, time - to);
                    var weights = buffer.Slice(0, rows * columns);
                    var slopes = buffer.Slice(Block * Block, rows * columns);
                    Gemm.Multiply(
                        rows, columns, width, queries[(from * 2 * channels)..], 2 * channels, false, keys[(to * 2 * channels)..], 2 * channels, true,
                        false, weights, columns);
                    Gemm.Multiply(
                        rows, columns, width, dResults[(from * channels)..], channels, false, values[(to * 3 * channels)..], 3 * channels, true,
                        false, slopes, columns);
                    Elementwise.Scale(weights, sizes.Scale, weights);
                    for (int row = 0; row < rows; row++)
                    {
                        var line = weights.Slice(row * columns, columns);
                        if (to == from) line[(row + 1)..].Fill(float.NegativeInfinity);
                        Elementwise.AddScalar(line, -_logSums[index * time + from + row], line);
                        Elementwise.AddScalar(slopes.Slice(row * columns, columns), -dots[row], slopes.Slice(row * columns, columns));
                    }

                    Elementwise.Exp(weights, weights);
                    Elementwise.Multiply(slopes, weights, slopes);
                    Elementwise.Scale(slopes, sizes.Scale, slopes);
                    Gemm.Multiply(
                        columns, width, rows, weights, columns, true, dResults[(from * channels)..], channels, false,
                        true, dValues[(to * 3 * channels)..], 3 * channels);
                    Gemm.Multiply(
                        rows, width, columns, slopes, columns, false, keys[(to * 2 * channels)..], 2 * channels, false,
                        true, dQueries[(from * 2 * channels)..], 2 * channels);
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
        public Tensor Projections = null!, Y = null!;
        public AlignedBuffer Turned = null!, LogSums = null!;
        public Sizes Sizes;

        public override void Backward()
        {
            int length = 2 * Y.Length;
            var buffer = BufferPool.Shared.Rent(length);
            var dTurned = buffer.Slice(0, length);
            dTurned.Clear();
            Workers.For(
                Sizes.Batch * Sizes.Heads,
                new BackwardPass(
                    Sizes, Turned.Slice(0, length), Projections.Data, Y.Data, LogSums.Slice(0, Sizes.Batch * Sizes.Heads * Sizes.Time),
                    Y.Gradient, dTurned, Projections.Gradient));
            Sizes.Turn(Projections.Gradient, dTurned, back: true);
            BufferPool.Shared.Return(buffer);
        }
    }
}
