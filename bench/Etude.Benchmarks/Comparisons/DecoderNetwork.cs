using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Benchmarks.Comparisons;

/// <summary>An embedding, six Transformer blocks with eight heads, a normalization and an output layer, all 512 wide, over 512 classes.</summary>
internal sealed class DecoderNetwork : Module
{
    public const int Classes = 512, Width = 512, Blocks = 6, Heads = 8;

    /// <summary>The weights that one token needs: the blocks and the output.</summary>
    public const int WeightCount = Blocks * 12 * Width * Width + Classes * Width;

    private readonly Embedding embedding;
    private readonly TransformerBlock[] blocks = new TransformerBlock[Blocks];
    private readonly RmsNorm norm;
    private readonly Linear output;

    public DecoderNetwork(RandomSource random)
    {
        embedding = Register("embedding", new Embedding(Classes, Width, random));
        for (int i = 0; i < Blocks; i++) blocks[i] = Register($"blocks.{i}", new TransformerBlock(Width, Heads, random));
        norm = Register("norm", new RmsNorm(Width));
        output = Register("output", new Linear(Width, Classes, random, bias: false));
    }

    public AttentionCache[] CreateCaches(int capacity) => [.. blocks.Select(block => block.CreateCache(1, capacity))];

    /// <summary>The logits of whole sequences.</summary>
    public Tensor Forward(Tape tape, int[] tokens, int batch, int time)
    {
        var x = embedding.Forward(tape, tokens, batch, time);
        foreach (var block in blocks) x = block.Forward(tape, x);
        return output.Forward(tape, norm.Forward(tape, x));
    }

    /// <summary>The logits after one more token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="caches">What was seen.</param>
    /// <param name="x">Room for [width].</param>
    /// <param name="logits">[classes]</param>
    public void Step(int token, AttentionCache[] caches, Span<float> x, Span<float> logits)
    {
        embedding.Row(token).CopyTo(x);
        for (int i = 0; i < blocks.Length; i++) blocks[i].Step(x, caches[i]);
        norm.Apply(x, x);
        output.Apply(x, logits);
    }
}
