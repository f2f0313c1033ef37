using System.Buffers;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// Predicts the next token from those before it: an embedding, a <see cref="Sequential"/>, and a dense layer to the logits, or the
/// embedding once more where it is tied.
/// Where it recalls (<see cref="NetworkOptions.Recall"/>), what followed the longest earlier occurrence of the latest tokens is told to the
/// first layer, with how many agreed, and its logit is raised by as much as the last layer decides.
/// Beside the tokens of the vocabulary it knows one more, the <see cref="Boundary"/> between pieces.
/// </summary>
public sealed class TokenNetwork : Module
{
    private const float TiedDeviation = 0.02f; // as logits, rows of deviation 1 would be far too sure at first
    private readonly Embedding _embedding;
    private readonly Sequential _layers;
    private readonly Linear? _output;
    private readonly Recall? _recall;
    private readonly ITokenTimes? _times;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="vocabulary">The number of tokens of the representation.</param>
    /// <param name="options">The layers.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <param name="times">Tells layers that need it when each token is.</param>
    /// <exception cref="ArgumentException">The embedding is tied and not as wide as the last layer, or a layer needs the times and there are none.</exception>
    public TokenNetwork(int vocabulary, NetworkOptions options, RandomSource random, ITokenTimes? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Embedding, 1);
        Boundary = vocabulary;
        if (options.Layers.Any(layer => layer.NeedsTimes))
            _times = times ?? throw new ArgumentException("network.layers: a layer is timed, and the representation's tokens do not tell their bars; take 'sheet', or leave timed out.");
        _embedding = Register("embedding", new Embedding(vocabulary + 1, options.Embedding, random, options.Tied ? TiedDeviation : 1));
        _layers = Register("layers", new Sequential(options.Embedding, options.Layers, random));
        if (!options.Tied)
            _output = Register("output", new Linear(_layers.Outputs, vocabulary + 1, random));
        else if (_layers.Outputs != options.Embedding)
            throw new ArgumentException($"network.tied: the last layer is {_layers.Outputs} wide, the embedding {options.Embedding}; make them equal.");
        if (options.Recall > 0) _recall = Register("recall", new Recall(options.Recall, Classes, options.Embedding, _layers.Outputs, options.Tied ? TiedDeviation : 1, random));
    }

    /// <summary>The token that stands before and after each piece: the last id.</summary>
    public int Boundary { get; }

    /// <summary>The number of logits: the vocabulary and the boundary.</summary>
    public int Classes => Boundary + 1;

    /// <summary>How many tokens before the last one the layers can hang on; null where there is no limit. What is recalled may lie further back.</summary>
    public int? Reach => _layers.Reach;

    /// <summary>Memory for sequences that go on from one another.</summary>
    public NetworkMemory CreateMemory(int batch) => _layers.CreateMemory(
        batch, _recall?.CreateMemory(batch), _times is null ? null : new Tensor([batch, _times.StateLength]));

    /// <summary>The logits of the token after each one, [batch, time, classes].</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="tokens">[batch, time]; a single one, on a tape that is not training, while generating.</param>
    /// <param name="memory">Where to go on from; taken on. Its batch is the number of sequences.</param>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory)
    {
        int[] followers = ArrayPool<int>.Shared.Rent(tokens.Length * Recall.Followers);
        Tensor y = Hidden(tape, tokens, memory, followers);
        Tensor logits = Logits(tape, y, followers.AsSpan(0, tokens.Length * Recall.Followers));
        ArrayPool<int>.Shared.Return(followers);
        return logits;
    }

    /// <summary>
    /// Reads tokens of one sequence, 1 or more, and gives the logits of the one after the last, [classes]: what <see cref="Forward"/>
    /// gives for them one by one, but many times faster, as all are read together.
    /// </summary>
    /// <param name="tape">Where the result lives; not training.</param>
    /// <param name="tokens">[time]. What is computed at once grows with it: a few hundred at a time are quickest.</param>
    /// <param name="memory">Where to go on from, of one sequence; taken on.</param>
    public Tensor After(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory)
    {
        if (memory.Batch != 1) throw new ArgumentException($"{memory.Batch} sequences are remembered; one can be read on.", nameof(memory));
        int[] followers = ArrayPool<int>.Shared.Rent(tokens.Length * Recall.Followers);
        Tensor y = Hidden(tape, tokens, memory, followers); // [1, time, channels]
        int last = tokens.Length - 1;
        Tensor logits = Logits(
            tape, tape.SliceFirst(tape.Reshape(y, [tokens.Length, y.Shape.Channels]), last, 1),
            followers.AsSpan(last * Recall.Followers, Recall.Followers));
        ArrayPool<int>.Shared.Return(followers);
        return logits;
    }

    /// <summary>Only remembers tokens of one sequence, for what is recalled and for the time: quick, for those that are out of <see cref="Reach"/>.</summary>
    /// <param name="tokens">[time]</param>
    /// <param name="memory">Of one sequence; taken on.</param>
    public void Remember(ReadOnlySpan<int> tokens, NetworkMemory memory)
    {
        foreach (int token in tokens)
        {
            if (memory.Recalled is { } recalled) Recall.Remember(recalled.Data, token);
            if (memory.Clock is { } clock) _times!.Read(token, clock.Data);
        }
    }

    /// <summary>What followed the longest earlier occurrence of the latest tokens of one sequence; none where nothing is recalled.</summary>
    /// <param name="memory">Of one sequence.</param>
    internal static Recall.Recollection Recollect(NetworkMemory memory)
    {
        Span<Recall.Recollection> found = [Recall.Recollection.None];
        if (memory.Recalled is { } recalled) Recall.Find(recalled.Data, found);
        return found[0];
    }

    private Tensor Hidden(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory, Span<int> followers)
    {
        Tensor x = _embedding.Forward(tape, tokens, memory.Batch, tokens.Length / memory.Batch);
        if (_recall is not null) x = _recall.Tell(tape, x, tokens, memory.Recalled!, followers);
        if (_times is null) return _layers.Forward(tape, x, memory);
        float[] bars = ArrayPool<float>.Shared.Rent(tokens.Length);
        ReadTimes(tokens, memory.Clock!, bars);
        Tensor y = _layers.Forward(tape, x, memory, bars.AsSpan(0, tokens.Length));
        ArrayPool<float>.Shared.Return(bars);
        return y;
    }

    private void ReadTimes(ReadOnlySpan<int> tokens, Tensor memory, Span<float> bars)
    {
        int time = tokens.Length / memory.Shape[0], length = memory.Shape[1];
        for (int i = 0; i < tokens.Length; i++) bars[i] = _times!.Read(tokens[i], memory.Data.Slice(i / time * length, length));
    }

    private Tensor Logits(Tape tape, Tensor y, ReadOnlySpan<int> followers)
    {
        Tensor logits = _output is null ? _embedding.Logits(tape, y) : _output.Forward(tape, y);
        return _recall?.Raise(tape, logits, y, followers) ?? logits;
    }
}
