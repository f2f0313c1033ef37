using Etude.Neural.Autograd;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Layers;

/// <summary>
/// One block of a Transformer decoder, normalization first: x + attention(norm(x)), then x + W2 gelu(W1 norm(x)), with
/// dropout on both branches.
/// </summary>
/// <remarks>
/// Parameters: <c>attention_norm.weight</c>, <c>attention.*</c>, <c>feed_norm.weight</c>, <c>feed_in.weight</c> and
/// <c>feed_out.weight</c>, without biases. After the last block a network normalizes once more.
/// </remarks>
public sealed class TransformerBlock : Module
{
    private readonly RmsNorm _attentionNorm, _feedNorm;
    private readonly CausalAttention _attention;
    private readonly Linear _feedIn, _feedOut;
    private readonly Dropout _dropout;
    private readonly RandomSource _random;

    /// <summary>A block with weights drawn as those of <see cref="Linear"/>.</summary>
    /// <param name="channels">Channels of x and of the result.</param>
    /// <param name="heads">Heads of attention; each has channels / heads channels, an even number.</param>
    /// <param name="random">The source of the first weights and of dropout.</param>
    /// <param name="dropout">The rate of dropout.</param>
    /// <param name="widening">How many times wider the feed-forward part is than x.</param>
    /// <param name="mixed">How many steps' projections attention mixes (<see cref="ShortConvolution"/>); 1 for none.</param>
    /// <param name="quiet">Whether the weights that lead back to x begin as zeros, so that the block at first changes nothing.</param>
    /// <param name="normalized">Whether attention normalizes its queries and keys (<see cref="CausalAttention"/>).</param>
    public TransformerBlock(int channels, int heads, RandomSource random, float dropout = 0, int widening = 4, int mixed = 1, bool quiet = false, bool normalized = false)
    {
        _attentionNorm = Register("attention_norm", new RmsNorm(channels));
        _attention = Register("attention", new CausalAttention(channels, heads, random, mixed, normalized));
        _feedNorm = Register("feed_norm", new RmsNorm(channels));
        _feedIn = Register("feed_in", new Linear(channels, widening * channels, random, bias: false));
        _feedOut = Register("feed_out", new Linear(widening * channels, channels, random, bias: false));
        _dropout = Register("dropout", new Dropout(dropout, random));
        _random = random;
        if (!quiet) return;
        _attention.Output.Constant(0);
        _feedOut.Weight.Constant(0);
    }

    /// <summary>
    /// Whether training keeps nothing of a block but what came in, and computes the rest once more in the backward pass (Chen and others
    /// 2016): the same gradients, with a third more computing and a fraction of the memory. Default false.
    /// </summary>
    public bool Recompute { get; init; }

    /// <summary>The block's result for whole sequences, [batch, time, channels].</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="x">[batch, time, channels]</param>
    /// <param name="cache">The steps before; these are added. Null: the sequences begin here and see all of themselves.</param>
    /// <param name="turns">From <see cref="CausalSelfAttention.Turns"/>, on this tape; null: by the positions alone.</param>
    public Tensor Forward(Tape tape, Tensor x, AttentionCache? cache = null, Tensor? turns = null) =>
        Recompute && tape.Training ? RunForgetting(tape, x, cache, turns) : Run(tape, x, cache, turns);

    private Tensor Run(Tape tape, Tensor x, AttentionCache? cache, Tensor? turns)
    {
        var attended = _attention.Forward(tape, _attentionNorm.Forward(tape, x), cache, turns);
        x = tape.Add(x, _dropout.Forward(tape, attended));
        var fed = _feedOut.Forward(tape, tape.Gelu(_feedIn.Forward(tape, _feedNorm.Forward(tape, x))));
        return tape.Add(x, _dropout.Forward(tape, fed));
    }

    /// <summary>An empty cache.</summary>
    /// <param name="batch">Sequences that go on together.</param>
    /// <param name="capacity">The most steps that one looks at, itself among them, 1 or more.</param>
    public AttentionCache CreateCache(int batch, int capacity) => _attention.CreateCache(batch, capacity);

    /// <summary>One step, recorded nowhere and without allocating: for generation.</summary>
    /// <param name="x">[batch, channels]: the block's input in, its result out.</param>
    /// <param name="cache">What was seen; this step is added.</param>
    /// <param name="tape">Keeps packed weights from step to step where there are many sequences; null: they are packed each time.</param>
    /// <param name="turns">From <see cref="CausalSelfAttention.Turns"/>; null: by the positions alone.</param>
    public void Step(Span<float> x, AttentionCache cache, Tape? tape = null, Tensor? turns = null)
    {
        int wide = x.Length / _attention.Channels * _feedIn.Weight.Shape[0];
        var buffer = BufferPool.Shared.Rent(x.Length + wide);
        Span<float> branch = buffer.Slice(0, x.Length), inner = buffer.Slice(x.Length, wide);
        _attentionNorm.Apply(x, branch);
        _attention.Step(branch, cache, branch, tape, turns);
        Elementwise.Add(x, branch, x);
        _feedNorm.Apply(x, branch);
        _feedIn.Apply(branch, inner, tape);
        Activations.Gelu(inner, inner);
        _feedOut.Apply(inner, branch, tape);
        Elementwise.Add(x, branch, x);
        BufferPool.Shared.Return(buffer);
    }

    private Tensor RunForgetting(Tape tape, Tensor x, AttentionCache? cache, Tensor? turns)
    {
        AttentionCache? before = cache?.CopyOn(tape);
        var (seed, position) = (_random.Seed, _random.Position);
        Tensor passing = Run(tape.Beside, x, cache, turns);
        Tensor y = tape.Allocate(passing.Shape, passing.RequiresGradient);
        y.CopyFrom(passing);
        tape.Beside.Reset();
        if (y.RequiresGradient)
        {
            var operation = tape.Record<Recomputation>();
            (operation.Block, operation.Beside, operation.X, operation.Y, operation.Turns, operation.Before) = (this, tape.Beside, x, y, turns, before);
            (operation.Seed, operation.Position) = (seed, position);
        }

        return y;
    }

    private sealed class Recomputation : Operation
    {
        public TransformerBlock Block = null!;
        public Tape Beside = null!;
        public Tensor X = null!, Y = null!;
        public Tensor? Turns;
        public AttentionCache? Before;
        public ulong Seed, Position; // of the masks of dropout

        public override void Backward()
        {
            RandomSource random = Block._random;
            var (seed, position) = (random.Seed, random.Position);
            random.Restore(Seed, Position);
            Beside.BackwardFrom(Block.Run(Beside, X, Before, Turns), Y.Gradient);
            Beside.Reset();
            random.Restore(seed, position);
        }
    }
}
