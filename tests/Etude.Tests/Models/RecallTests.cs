using Etude.Models;
using Etude.Neural.Autograd;
using Etude.Neural.Losses;
using Etude.Neural.Optimizers;
using Etude.Neural.Tensors;
using static Etude.Models.Recall;

namespace Etude.Tests.Models;

public sealed class RecallTests
{
    private const int Vocabulary = 6;

    /// <summary>The quick search finds what a comparison of every earlier place finds.</summary>
    [Theory]
    [InlineData(1, 1000), InlineData(2, 1000), InlineData(3, 40)]
    public void FollowersAreThoseOfTheLongestEarlierOccurrences(ulong seed, int most)
    {
        var random = new RandomSource(seed);
        var memory = new float[1 + most];
        var past = new List<int>();
        var found = new Recollection[Followers];
        for (int i = 0; i < 400; i++)
        {
            // Music repeats itself: half of the tokens go on as an earlier place did.
            int token = past.Count > 8 && random.NextDouble() < 0.9 ? past[^7] : (int)(random.NextDouble() * Vocabulary);
            if (past.Count == most) past.RemoveRange(0, most - (most / 2));
            past.Add(token);
            Read(memory, token, found);
            Assert.Equal(Expected(past), found);
        }
    }

    [Fact]
    public void TheLatestOfEqualOccurrencesIsRecalledFirst() =>
        Assert.Equal([new(5, 2), new(3, 2)], After(1, 2, 3, 1, 2, 5, 4, 1, 2));

    [Fact]
    public void NothingIsRecalledOfWhatIsNew() => Assert.Equal([Recollection.None, Recollection.None], After(1, 2, 3, 4, 5, 2));

    [Fact]
    public void AgreementIsCountedNoFurtherThanItsLimit() =>
        Assert.Equal(Longest, After([.. Enumerable.Repeat(Enumerable.Range(0, 5), 40).SelectMany(tokens => tokens)])[0].Agreeing);

    /// <summary>No logit hangs on a later token, and one sequence not on those beside it.</summary>
    [Fact]
    public void NothingIsKnownBeforeItIsRead()
    {
        const int time = 24;
        TokenNetwork network = Network(recall: 64);
        int[] tokens = [.. Enumerable.Range(0, 2 * time).Select(i => i % 5)];
        float[] before = Logits(network, tokens);
        tokens[time - 4] = 5; // in the first sequence
        float[] after = Logits(network, tokens);
        int changed = (time - 4) * network.Classes;
        Assert.Equal(before[..changed], after[..changed]);
        Assert.NotEqual(before[changed..(time * network.Classes)], after[changed..(time * network.Classes)]);
        Assert.Equal(before[(time * network.Classes)..], after[(time * network.Classes)..]);
    }

    [Fact]
    public void AForgottenSequenceRecallsNothing()
    {
        TokenNetwork network = Network(recall: 64);
        NetworkMemory memory = network.CreateMemory(2);
        using var tape = new Tape(training: false);
        int[] tokens = [1, 2, 3, 1, 1, 2, 3, 1];
        float[] first = network.Forward(tape, tokens, memory).Data.ToArray();
        memory.Clear(lane: 1);
        float[] second = network.Forward(tape, tokens, memory).Data.ToArray();
        int half = first.Length / 2;
        Assert.NotEqual(first[..half], second[..half]);
        Assert.Equal(first[half..], second[half..]);
    }

    /// <summary>What is only remembered is recalled as if it had been read.</summary>
    [Fact]
    public void WhatIsRememberedIsRecalled()
    {
        TokenNetwork network = Network(recall: 64);
        int[] first = [1, 2, 3, 4, 5], second = [1, 2];
        using var tape = new Tape(training: false);
        NetworkMemory read = network.CreateMemory(1), remembered = network.CreateMemory(1);
        network.After(tape, first, read);
        network.Remember(first, remembered);
        float[] expected = network.After(tape, second, read).Data.ToArray(); // layers without a memory
        Assert.Equal(expected, network.After(tape, second, remembered).Data.ToArray());
        Assert.NotEqual(expected, network.After(tape, second, network.CreateMemory(1)).Data.ToArray());
    }

    /// <summary>Random sequences that come twice: only who recalls the first time can foresee the second.</summary>
    [Fact]
    public void RepetitionIsLearned()
    {
        Assert.InRange(LossOfRepetition(Network(recall: 256)), 0, 0.35);
        Assert.InRange(LossOfRepetition(Network(recall: 0)), 1.2, 2.5);
    }

    private static double LossOfRepetition(TokenNetwork network)
    {
        const int batch = 8, period = 40;
        var random = new RandomSource(5);
        var optimizer = new Adam(network.Parameters, new AdamOptions { LearningRate = 0.02f });
        using var tape = new Tape();
        float last = 0;
        for (int update = 0; update < 120; update++)
        {
            int[] inputs = new int[batch * 2 * period], targets = new int[inputs.Length];
            for (int lane = 0; lane < batch; lane++)
            {
                int[] tune = [.. Enumerable.Range(0, period).Select(_ => (int)(random.NextDouble() * Vocabulary))];
                for (int i = 0; i < 2 * period; i++)
                {
                    inputs[(lane * 2 * period) + i] = tune[i % period];
                    targets[(lane * 2 * period) + i] = i < period + 6 ? -1 : tune[(i + 1) % period];
                }
            }
            LossValue loss = tape.CrossEntropy(network.Forward(tape, inputs, network.CreateMemory(batch)), targets);
            last = loss.Value;
            tape.Backward(loss.Tensor);
            optimizer.Step();
            tape.Reset();
        }
        return last;
    }

    private static TokenNetwork Network(int recall)
    {
        var options = new NetworkOptions { Embedding = 16, Recall = recall, Layers = [new DenseOptions(16)] };
        return new TokenNetwork(Vocabulary, options, new RandomSource(2));
    }

    private static float[] Logits(TokenNetwork network, int[] tokens)
    {
        using var tape = new Tape(training: false);
        return network.Forward(tape, tokens, network.CreateMemory(2)).Data.ToArray();
    }

    private static Recollection[] After(params int[] tokens)
    {
        var memory = new float[1 + 1000];
        var found = new Recollection[Followers];
        foreach (int token in tokens) Read(memory, token, found);
        return found;
    }

    private static Recollection[] Expected(List<int> past)
    {
        int last = past.Count - 1;
        Recollection[] longest =
        [
            .. from place in Enumerable.Range(0, last)
               let agreeing = Enumerable.Range(0, Math.Min(Longest, place + 1)).TakeWhile(back => past[place - back] == past[last - back]).Count()
               where agreeing >= Shortest
               group (place, agreeing) by past[place + 1] into followers
               let best = followers.MaxBy(occurrence => (occurrence.agreeing, occurrence.place))
               orderby best.agreeing descending, best.place descending
               select new Recollection(followers.Key, best.agreeing),
        ];
        return [.. longest.Concat(Enumerable.Repeat(Recollection.None, Followers)).Take(Followers)];
    }
}
