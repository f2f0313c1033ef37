using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// Self-attention of each step to itself and those before it (Vaswani and others 2017), with rotary positions, as decoders
/// have it.
/// </summary>
/// <remarks>
/// Parameters: <c>projection.weight</c> [3 channels, channels] (queries, keys, values) and <c>output.weight</c>
/// [channels, channels], without biases.
/// </remarks>
public sealed class CausalAttention : Module
{
    private readonly Linear _projection, _output;

    /// <summary>A layer with projections drawn as those of <see cref="Linear"/>.</summary>
    /// <param name="channels">Channels of x and of the result.</param>
    /// <param name="heads">The number of heads; each has channels / heads channels, an even number.</param>
    /// <param name="random">The source of the first weights.</param>
    public CausalAttention(int channels, int heads, RandomSource random)
    {
        if (heads < 1 || channels % (2 * heads) != 0)
            throw new ArgumentException($"{channels} channels cannot be parted into {heads} heads of an even number of channels.", nameof(heads));
        Channels = channels;
        Heads = heads;
        _projection = Register("projection", new Linear(channels, 3 * channels, random, bias: false));
        _output = Register("output", new Linear(channels, channels, random, bias: false));
    }

    /// <summary>Channels of x and of the result.</summary>
    public int Channels { get; }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>Attends within whole sequences, [batch, time, channels].</summary>
    public Tensor Forward(Tape tape, Tensor x) => _output.Forward(tape, tape.AttendToPast(_projection.Forward(tape, x), Heads));

    /// <summary>An empty cache for <see cref="Step"/>.</summary>
    /// <param name="batch">Sequences that go on together.</param>
    /// <param name="capacity">The most steps to look at; the length of training sequences is a good choice.</param>
    public AttentionCache CreateCache(int batch, int capacity) => new(batch, Heads, capacity, Channels / Heads);

    /// <summary>
    /// One step without a tape and without allocating: for generation. Safe for several threads at once, each with a
    /// cache of its own.
    /// </summary>
    /// <param name="x">[batch, channels]</param>
    /// <param name="cache">What was seen; this step is added.</param>
    /// <param name="y">[batch, channels]; may be x.</param>
    public void Step(ReadOnlySpan<float> x, AttentionCache cache, Span<float> y)
    {
        int batch = cache.Batch, width = Channels / Heads;
        if (x.Length != batch * Channels || y.Length != x.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values came for [{batch}, {Channels}].", nameof(x));
        var buffer = BufferPool.Shared.Rent(batch * 4 * Channels + width + cache.Capacity);
        var projections = buffer.Slice(0, batch * 3 * Channels);
        var results = buffer.Slice(projections.Length, batch * Channels);
        var turns = buffer.Slice(batch * 4 * Channels, width);
        _projection.Apply(x, projections);
        RotaryPositions.Turns(cache.Position, turns[..(width / 2)], turns[(width / 2)..]);
        int place = cache.Advance(), count = cache.Count;
        var weights = buffer.Slice(batch * 4 * Channels + width, count);
        for (int sequence = 0; sequence < batch; sequence++)
        {
            var queriesAndKeys = projections.Slice(sequence * 3 * Channels, 2 * Channels);
            RotaryPositions.Rotate(queriesAndKeys, turns[..(width / 2)], turns[(width / 2)..], queriesAndKeys);
            for (int head = 0; head < Heads; head++)
            {
                int at = (sequence * 3 + 1) * Channels + head * width, start = (sequence * Heads + head) * cache.Capacity * width;
                projections.Slice(at, width).CopyTo(cache.Keys.Data[(start + place * width)..]);
                projections.Slice(at + Channels, width).CopyTo(cache.Values.Data[(start + place * width)..]);
                Gemv.Multiply(count, width, cache.Keys.Data.Slice(start, count * width), projections.Slice(at - Channels, width), default, weights, false);
                Elementwise.Scale(weights, 1 / MathF.Sqrt(width), weights);
                Softmax.Forward(1, count, weights, weights);
                var result = results.Slice(sequence * Channels + head * width, width);
                result.Clear();
                for (int step = 0; step < count; step++)
                    Elementwise.ScaleAdd(cache.Values.Data.Slice(start + step * width, width), weights[step], result);
            }
        }

        _output.Apply(results, y);
        BufferPool.Shared.Return(buffer);
    }
}
