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

    /// <summary>Memory for sequences that go on from one another.</summary>
    public NetworkMemory CreateMemory(int batch) => _layers.CreateMemory(batch);

    /// <summary>The logits of the token after each one, [batch, time, classes].</summary>
    /// <param name="tape">Where the result lives and is recorded.</param>
    /// <param name="tokens">[batch, time]; a single one, on a tape that is not training, while generating.</param>
    /// <param name="memory">Where to go on from; taken on. Its batch is the number of sequences.</param>
    public Tensor Forward(Tape tape, ReadOnlySpan<int> tokens, NetworkMemory memory)
    {
        Tensor x = _embedding.Forward(tape, tokens, memory.Batch, tokens.Length / memory.Batch);
        Tensor y = _layers.Forward(tape, x, memory);
        return _output is null ? _embedding.Logits(tape, y) : _output.Forward(tape, y);
    }
}
