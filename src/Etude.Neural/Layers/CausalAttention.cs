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
/// [channels, channels], without biases; <c>mixing.weight</c> [mixed steps, 3 channels] where projections are mixed with those before;
/// <c>scale.weight</c> [channels of a head] where queries and keys are normalized.
/// </remarks>
public sealed class CausalAttention : Module
{
    private readonly Linear _projection, _output;
    private readonly ShortConvolution? _mixing;
    private readonly RmsNorm? _scale;

    /// <summary>A layer with projections drawn as those of <see cref="Linear"/>.</summary>
    /// <param name="channels">Channels of x and of the result.</param>
    /// <param name="heads">The number of heads; each has channels / heads channels, an even number.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="mixed">How many steps' projections are mixed before the heads see them (<see cref="ShortConvolution"/>); 1 for none.</param>
    /// <param name="normalized">
    /// Whether the queries and keys of each head are normalized before they are turned (Henry and others 2020), so that no weights however large make
    /// attention surer than the learned scale of each channel lets it be.
    /// </param>
    public CausalAttention(int channels, int heads, RandomSource random, int mixed = 1, bool normalized = false)
    {
        if (heads < 1 || channels % (2 * heads) != 0)
            throw new ArgumentException($"{channels} channels cannot be parted into {heads} heads of an even number of channels.", nameof(heads));
        Channels = channels;
        Heads = heads;
        _projection = Register("projection", new Linear(channels, 3 * channels, random, bias: false, maps: 3));
        if (mixed > 1) _mixing = Register("mixing", new ShortConvolution(3 * channels, mixed));
        if (normalized) _scale = Register("scale", new RmsNorm(channels / heads));
        _output = Register("output", new Linear(channels, channels, random, bias: false));
    }

    /// <summary>Channels of x and of the result.</summary>
    public int Channels { get; }

    /// <summary>The number of heads.</summary>
    public int Heads { get; }

    /// <summary>The weight that leads to the result, [channels, channels].</summary>
    public Parameter Output => _output.Weight;

    /// <summary>Attends within whole sequences, [batch, time, channels].</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, channels]</param>
    /// <param name="cache">The steps before; these are added. Null: the sequences begin here and see all of themselves.</param>
    /// <param name="turns">From <see cref="CausalSelfAttention.Turns"/>; null: by the positions alone.</param>
    public Tensor Forward(Tape tape, Tensor x, AttentionCache? cache = null, Tensor? turns = null)
    {
        Tensor projections = _projection.Forward(tape, x);
        if (_mixing is not null) projections = _mixing.Forward(tape, projections, cache?.Recent);
        if (_scale is not null) projections = _scale.Forward(tape, projections, 2 * Heads);
        return _output.Forward(tape, tape.AttendToPast(projections, Heads, cache, turns));
    }

    /// <summary>An empty cache.</summary>
    /// <param name="batch">Sequences that go on together.</param>
    /// <param name="capacity">The most steps that one looks at, itself among them, 1 or more.</param>
    public AttentionCache CreateCache(int batch, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Shape shape = [batch, Heads, capacity, Channels / Heads];
        return new AttentionCache(new Tensor(shape), new Tensor(shape), new Tensor([batch]), _mixing?.CreateRecent(batch));
    }

    /// <summary>
    /// One step, recorded nowhere and without allocating: for generation. Safe for several threads at once, each with a
    /// cache (and tape) of its own.
    /// </summary>
    /// <param name="x">[batch, channels]</param>
    /// <param name="cache">What was seen; this step is added.</param>
    /// <param name="y">[batch, channels]; may be x.</param>
    /// <param name="tape">Keeps packed weights from step to step where there are many sequences; null: they are packed each time.</param>
    /// <param name="turns">From <see cref="CausalSelfAttention.Turns"/>; null: by the positions alone.</param>
    public void Step(ReadOnlySpan<float> x, AttentionCache cache, Span<float> y, Tape? tape = null, Tensor? turns = null)
    {
        int batch = cache.Batch, width = Channels / Heads;
        if (x.Length != batch * Channels || y.Length != x.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values came for [{batch}, {Channels}].", nameof(x));
        var buffer = BufferPool.Shared.Rent((batch * ((4 * Channels) + width)) + cache.Capacity);
        var projections = buffer.Slice(0, batch * 3 * Channels);
        var results = buffer.Slice(projections.Length, batch * Channels);
        _projection.Apply(x, projections, tape);
        _mixing?.Step(projections, cache.Recent!);
        for (int sequence = 0; _scale is not null && sequence < batch; sequence++)
        {
            var normalized = projections.Slice(sequence * 3 * Channels, 2 * Channels);
            _scale.Apply(normalized, normalized);
        }
        var turned = buffer.Slice(batch * 4 * Channels, batch * width);
        if (turns is not null) turns.Data.CopyTo(turned);
        else RotaryPositions.Fill(cache.Positions.Data, 1, default, width / 2, turned);
        RotaryPositions.Turn(new(batch, 2 * Heads, width / 2, 3 * Channels, 3 * Channels), turned, projections, projections);
        for (int sequence = 0; sequence < batch; sequence++)
        {
            int place = cache.Position(sequence) % cache.Capacity * width;
            cache.Positions.Data[sequence]++;
            var weights = buffer.Slice(batch * ((4 * Channels) + width), cache.Count(sequence));
            for (int head = 0; head < Heads; head++)
            {
                int at = (sequence * 3 + 1) * Channels + head * width;
                Span<float> keys = cache.Ring(cache.Keys, sequence, head), values = cache.Ring(cache.Values, sequence, head);
                projections.Slice(at, width).CopyTo(keys[place..]);
                projections.Slice(at + Channels, width).CopyTo(values[place..]);
                Gemv.Multiply(weights.Length, width, keys[..(weights.Length * width)], projections.Slice(at - Channels, width), default, weights, false);
                Elementwise.Scale(weights, 1 / MathF.Sqrt(width), weights);
                Softmax.Forward(1, weights.Length, weights, weights);
                AttentionRows.Mix(weights, values, results.Slice(sequence * Channels + head * width, width));
            }
        }

        _output.Apply(results, y, tape);
        BufferPool.Shared.Return(buffer);
    }
}
