using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Models;

/// <summary>
/// Predicts the next token from those before it: an embedding, a <see cref="Sequential"/>, and a dense layer to the logits.
/// Beside the tokens of the vocabulary it knows one more, the <see cref="Boundary"/> between pieces.
/// </summary>
public sealed class TokenNetwork : Module
{
    private readonly Embedding _embedding;
    private readonly Sequential _layers;
    private readonly Linear _output;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="vocabulary">The number of tokens of the representation.</param>
    /// <param name="options">The layers.</param>
    /// <param name="random">The source of the first weights.</param>
    public TokenNetwork(int vocabulary, NetworkOptions options, RandomSource random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Embedding, 1);
        Boundary = vocabulary;
        _embedding = Register("embedding", new Embedding(vocabulary + 1, options.Embedding, random));
        _layers = Register("layers", new Sequential(options.Embedding, options.Layers, random));
        _output = Register("output", new Linear(_layers.Outputs, vocabulary + 1, random));
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
        return _output.Forward(tape, _layers.Forward(tape, x, memory));
    }
}
