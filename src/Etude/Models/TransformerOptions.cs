using System.Text.Json.Serialization;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// A Transformer decoder: blocks of self-attention over the steps so far and feed-forward layers (<see cref="TransformerBlock"/>),
/// and a last normalization. As wide as what comes in.
/// </summary>
/// <param name="Layers">The number of blocks, 1 or more.</param>
/// <param name="Heads">Heads of attention; the width is a multiple of twice their number.</param>
public sealed record TransformerOptions(int Layers, int Heads) : LayerOptions
{
    /// <summary>
    /// How many steps back one step sees, itself among them, 1 or more: in training, where what came before a training sequence is
    /// remembered without learning from it, as in generation. Default 512.
    /// </summary>
    public int Context { get; init; } = 512;

    /// <summary>How many times wider the feed-forward layers are, 1 or more. Default 4.</summary>
    public int Widening { get; init; } = 4;

    /// <summary>
    /// How many steps' queries, keys and values are mixed before attention (<see cref="ShortConvolution"/>), 1 for none. Default 3.
    /// </summary>
    public int Mixed { get; init; } = 3;

    /// <summary>Whether queries and keys are normalized, head by head (<see cref="CausalAttention"/>). Default false.</summary>
    public bool Normalized { get; init; }

    /// <summary>The rate of dropout after attention and after the feed-forward layers, 0 to below 1. Default 0.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// Whether attention knows when each step is, in bars: every second half of a head's pairs of channels is turned by that time and not by
    /// the position (<see cref="CausalSelfAttention.Turns"/>). For networks that are told it (<see cref="ITokenTimes"/>). Default false.
    /// </summary>
    public bool Timed { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool NeedsTimes => Timed;

    /// <summary>
    /// Whether training computes each block again in the backward pass instead of keeping what it computed
    /// (<see cref="TransformerBlock.Recompute"/>): less memory, more time, the same result. Default false.
    /// </summary>
    public bool Recompute { get; init; }

    /// <inheritdoc/>
    public override SequenceLayer Build(int inputs, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Widening, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Mixed, 1);
        return new Layer(this, inputs, random);
    }

    private sealed class Layer : SequenceLayer
    {
        private readonly TransformerBlock[] _blocks;
        private readonly RmsNorm _norm;
        private readonly int _context, _mixed, _parts, _headWidth;
        private readonly bool _timed;

        public Layer(TransformerOptions options, int width, RandomSource random)
        {
            (Outputs, _context, _mixed, _parts) = (width, options.Context, options.Mixed, options.Mixed > 1 ? 4 : 3);
            (_headWidth, _timed) = (width / options.Heads, options.Timed);
            _blocks = new TransformerBlock[options.Layers];
            for (int i = 0; i < _blocks.Length; i++)
            {
                var block = new TransformerBlock(
                    width, options.Heads, random, options.Dropout, options.Widening, options.Mixed, quiet: true, normalized: options.Normalized)
                {
                    Recompute = options.Recompute,
                };
                _blocks[i] = Register(FormattableString.Invariant($"{i}"), block);
            }
            _norm = Register("norm", new RmsNorm(width));
        }

        public override int Outputs { get; }

        // A block's step sees keys so far back, each of them mixed with those before it.
        public override int? Reach => _blocks.Length * (_context - 1 + _mixed - 1);

        public override Tensor[] CreateMemory(int batch) => [.. _blocks.SelectMany(block => block.CreateCache(batch, _context).Parts)];

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory) => Forward(tape, x, memory, []);

        public override Tensor Forward(Tape tape, Tensor x, Tensor[] memory, ReadOnlySpan<float> bars)
        {
            // All blocks have taken the same steps.
            Tensor turns = tape.Turns(x.Shape[0], x.Shape[1], _headWidth, AttentionCache.Of(memory.AsSpan(0, _parts)), _timed ? bars : []);
            bool generating = !tape.Training && x.Shape[1] == 1;
            Tensor y = x;
            if (generating)
            {
                y = tape.Allocate(x.Shape);
                y.CopyFrom(x);
            }
            for (int i = 0; i < _blocks.Length; i++)
            {
                AttentionCache cache = AttentionCache.Of(memory.AsSpan(i * _parts, _parts));
                if (generating) _blocks[i].Step(y.Data, cache, tape, turns);
                else y = _blocks[i].Forward(tape, y, cache, turns);
            }
            return _norm.Forward(tape, y);
        }
    }
}
