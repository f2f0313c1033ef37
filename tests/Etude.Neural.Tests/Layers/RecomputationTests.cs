using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Operations;
using Etude.Neural.Tensors;

namespace Etude.Neural.Tests.Layers;

public sealed class RecomputationTests
{
    /// <summary>Two blocks over two windows that follow one another, with dropout, mixing and a memory that is overwritten between.</summary>
    [Fact]
    public void Computed_again_gives_the_same_gradients_to_the_bit()
    {
        var (kept, keptLosses) = Gradients(recompute: false);
        var (again, againLosses) = Gradients(recompute: true);
        Assert.Equal(keptLosses, againLosses);
        Assert.Equal(kept, again);
        Assert.Contains(kept, gradient => gradient != 0);
    }

    private static (float[] Gradients, float[] Losses) Gradients(bool recompute)
    {
        const int batch = 2, time = 6, channels = 8;
        var random = new RandomSource(4);
        TransformerBlock[] blocks = [.. Enumerable.Range(0, 2).Select(_ => new TransformerBlock(channels, 2, random, 0.3f, mixed: 3) { Recompute = recompute })];
        AttentionCache[] caches = [.. blocks.Select(block => block.CreateCache(batch, 4))];
        var first = new Parameter([batch, time, channels]);
        first.Normal(1, random);
        var losses = new List<float>();
        using var tape = new Tape();
        for (int window = 0; window < 3; window++)
        {
            Tensor y = first;
            for (int i = 0; i < blocks.Length; i++) y = blocks[i].Forward(tape, y, caches[i]);
            Tensor loss = tape.Mean(tape.Multiply(y, y));
            losses.Add(loss.Scalar);
            tape.Backward(loss);
            tape.Reset();
        }
        return ([.. first.Gradient, .. blocks.SelectMany(block => block.Parameters).SelectMany(parameter => parameter.Gradient.ToArray())], [.. losses]);
    }
}
