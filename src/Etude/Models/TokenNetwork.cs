using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// Predicts the next token from those before it: an embedding, a <see cref="Sequential"/>, and a dense layer to the logits, or the
/// embedding once more where it is tied.
/// Beside the tokens of the vocabulary it knows one more, the <see cref="Boundary"/> between pieces.
/// </summary>
public sealed class TokenNetwork : Module
{
    private const float TiedDeviation = 0.02f; // as logits, rows of deviation 1 would be far too sure at first
    private readonly Embedding _embedding;
    private readonly Sequential _layers;
    private readonly Linear? _output;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="vocabulary">The number of tokens of the representation.</param>
    /// <param name="options">The layers.</param>
    /// <param name="random">The source of the first weights.</param>
    /// <exception cref="ArgumentException">The embedding is tied and not as wide as the last layer.</exception>
    public TokenNetwork(int vocabulary, NetworkOptions options, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Embedding, 1);
        Boundary = vocabulary;
        _embedding = Register("embedding", new Embedding(vocabulary + 1, options.Embedding, random, options.Tied ? TiedDeviation : 1));
        _layers = Register("layers", new Sequential(options.Embedding, options.Layers, random));
        if (!options.Tied)
            _output = Register("output", new Linear(_layers.Outputs, vocabulary + 1, random));
        else if (_layers.Outputs != options.Embedding)
            throw new ArgumentException($"network.tied: the last layer is {_layers.Outputs} wide, the embedding {options.Embedding}; make them equal.");
    }

    /// <summary>The token that stands before and after each piece: the last id.</summary>
    public int Boundary { get; }

    /// <summary>The number of logits: the vocabulary and the boundary.</summary>
    public int Classes => Boundary + 1;

    /// <summary>How many tokens before the last one the logits can hang on; null where there is no limit.</summary>
    public int? Reach => _layers.Reach;

    /// <summary>Memory for sequences that go on from one another.</summary>
    public NetworkMemory CreateMemory(int batch) => _layers.CreateMemory(batch);

    /// <summary>The logits of the token after each one, [batch, time, classes].</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="tokens">[batch, time]; a single one, on a tape that is not training, while generating.</param>
    /// <param name="memory">Where to go on from; taken on. Its batch is the number of sequences.</param>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory)
    {
        return Logits(tape, Hidden(tape, tokens, memory));
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
        Tensor y = Hidden(tape, tokens, memory); // [1, time, channels]
        Tensor last = tape.SliceFirst(tape.Reshape(y, [tokens.Length, y.Shape.Channels]), tokens.Length - 1, 1);
        return Logits(tape, last);
    }

    private Tensor Hidden(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory) =>
        _layers.Forward(tape, _embedding.Forward(tape, tokens, memory.Batch, tokens.Length / memory.Batch), memory);

    private Tensor Logits(Tape tape, Tensor y) => _output is null ? _embedding.Logits(tape, y) : _output.Forward(tape, y);
}
