using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Layers;
using Etude.Neural.Tensors;

namespace Etude.Tests.Models;

public sealed class TokenNetworkTests
{
    private const int Vocabulary = 11, Length = 45;

    /// <summary>A primer read in blocks is the primer read token by token: the logits after it, and all that follows.</summary>
    [Theory]
    [InlineData(false, false, 7), InlineData(true, false, Length), InlineData(false, true, 7), InlineData(true, true, Length)]
    [InlineData(true, false, 7, 20), InlineData(false, true, Length, 100), InlineData(true, false, 7, 20, true)]
    public void ReadingTogetherIsReadingOneByOne(bool tied, bool recurrent, int together, int recall = 0, bool timed = false)
    {
        var options = new NetworkOptions
        {
            Embedding = 8,
            Tied = tied,
            Recall = recall,
            Layers = [recurrent ? new LstmOptions(8) : new TransformerOptions(2, 2) { Context = 9, Mixed = 3, Timed = timed }],
        };
        var network = new TokenNetwork(Vocabulary, options, new RandomSource(3), new Quarters());
        foreach (var parameter in network.Parameters) parameter.Normal(0.4f, new RandomSource((ulong)parameter.Length)); // quiet blocks would hide all
        int[] tokens = [network.Boundary, .. Enumerable.Range(0, Length - 1).Select(i => i * i % Vocabulary)];
        using var tape = new Tape(training: false) { WeightsStay = true };
        NetworkMemory slow = network.CreateMemory(1), quick = network.CreateMemory(1);
        float[] expected = [], actual = [];
        foreach (int token in tokens) expected = Next(tape => network.Forward(tape, [token], slow));
        foreach (int[] block in tokens.Chunk(together)) actual = Next(tape => network.After(tape, block, quick));
        Near(expected, actual);
        Near(Next(tape => network.Forward(tape, [4], slow)), Next(tape => network.After(tape, [4], quick)));
        Assert.Throws<ArgumentException>(() => network.After(tape, [1], network.CreateMemory(2)));

        float[] Next(Func<Tape, Tensor> forward)
        {
            float[] logits = forward(tape).Data.ToArray();
            tape.Reset();
            return logits;
        }
    }

    [Fact]
    public void TheTimeIsToldToLayersThatNeedIt()
    {
        var options = new NetworkOptions { Embedding = 8, Tied = true, Layers = [new TransformerOptions(1, 1) { Timed = true }] };
        var network = new TokenNetwork(Vocabulary, options, new RandomSource(3), new Quarters());
        foreach (var parameter in network.Parameters) parameter.Normal(0.4f, new RandomSource((ulong)parameter.Length));
        using var tape = new Tape(training: false);
        NetworkMemory memory = network.CreateMemory(1), later = network.CreateMemory(1);
        // Only the clock differs: one has passed half a bar more between the first token and the second.
        network.Forward(tape, [5], memory);
        network.Forward(tape, [5], later);
        later.Clock!.Data[0] += 0.5f;
        float[] expected = network.Forward(tape, [5], memory).Data.ToArray();
        Assert.NotEqual(expected, network.Forward(tape, [5], later).Data.ToArray());
        Assert.Throws<ArgumentException>(() => new TokenNetwork(Vocabulary, options, new RandomSource(3)));
    }

    // Each token passes a few quarters of a bar.
    private sealed class Quarters : ITokenTimes
    {
        public int StateLength => 1;

        public float Read(int token, Span<float> state) => state[0] += token % 4 / 4f;
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(Vocabulary + 1, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
