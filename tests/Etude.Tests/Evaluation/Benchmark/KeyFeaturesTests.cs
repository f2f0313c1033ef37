using Etude.Evaluation.Benchmark;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class KeyFeaturesTests
{
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public void Nothing_later_is_seen(bool seesAbove, bool remembers, bool knowsCorpus)
    {
        // Frames from a small stock, so that contexts recur and the memory is at work.
        var random = new Random(5);
        UInt128[] stock = [.. Enumerable.Range(0, 6).Select(_ => Frame(random))];
        UInt128[] frames = [.. Enumerable.Range(0, 120).Select(_ => stock[random.Next(stock.Length)] << random.Next(3))];
        FramePiece Other() => new([.. Enumerable.Range(0, 200).Select(_ => stock[random.Next(stock.Length)] << random.Next(3))]);
        CorpusContexts? corpus = knowsCorpus ? new([Other(), Other(), Other()]) : null;
        for (int time = 1; time < frames.Length; time += 7)
        {
            for (int key = 20; key < 70; key += 5)
            {
                float[] before = Describe(frames, time, key, seesAbove, remembers, corpus);
                UInt128[] changed = [.. frames];
                for (int later = time + 1; later < changed.Length; later++) changed[later] = Frame(random);
                UInt128 above = seesAbove ? changed[time] >> key >> 1 << 1 << key : Frame(random);
                changed[time] = above | (Frame(random) & ((UInt128.One << (key + 1)) - 1));
                Assert.Equal(before, Describe(changed, time, key, seesAbove, remembers, corpus));
            }
        }
    }

    [Fact]
    public void Keys_above_are_seen_where_they_may_be()
    {
        UInt128[] frames = [UInt128.One << 30, UInt128.One << 40];
        UInt128[] other = [UInt128.One << 30, UInt128.One << 41];
        Assert.NotEqual(Describe(frames, 1, 35, true, false), Describe(other, 1, 35, true, false));
        Assert.Equal(Describe(frames, 1, 35, false, false), Describe(other, 1, 35, false, false));
    }

    [Fact]
    public void A_context_that_recurs_foretells_what_followed_it()
    {
        // a b c ... a b: the memory expects c; moved up by 2 too.
        UInt128 a = UInt128.One << 30, b = UInt128.One << 34 | UInt128.One << 41, c = UInt128.One << 55, other = UInt128.One << 20;
        UInt128[] again = [a, b, c, other, a, b, 0];
        UInt128[] strange = [a, b, other, c, a, b, 0];
        Assert.NotEqual(Describe(again, 6, 55, false, true), Describe(strange, 6, 55, false, true));
        var features = new KeyFeatures(false, true);
        features.BeginPiece(new FramePiece([.. again.Select((frame, i) => i < 4 ? frame : frame << 2)]));
        features.BeginFrame(6);
        Assert.False(features.IsEasy(57)); // c, two keys higher
        Assert.True(features.IsEasy(70));
    }

    [Fact]
    public void A_training_piece_does_not_find_itself_in_the_corpus()
    {
        UInt128 a = UInt128.One << 30, b = UInt128.One << 34, c = UInt128.One << 55;
        UInt128[] piece = [a, b, c], other = [c, a, c];
        var alone = new CorpusContexts([new FramePiece([.. piece])]);
        var both = new CorpusContexts([new FramePiece([.. piece]), new FramePiece([.. piece])]);
        var apart = new CorpusContexts([new FramePiece([.. piece]), new FramePiece([.. other])]);
        float[] knowing = Describe(piece, 2, 55, true, false, alone);
        Assert.Equal(Describe(piece, 2, 55, true, false, apart, self: 0), Describe(piece, 2, 55, true, false, alone, self: 0));
        Assert.NotEqual(knowing, Describe(piece, 2, 55, true, false, alone, self: 0));
        Assert.Equal(knowing, Describe(piece, 2, 55, true, false, both, self: 0));
    }

    [Fact]
    public void Voices_are_counted_from_the_top()
    {
        // Two chords before; of the frame to come the top voice is known: one step up. The second voice was at 50, five keys above 45.
        UInt128[] frames = [Chord(60, 50, 40), Chord(62, 50, 40), Chord(64)];
        UInt128[] otherSecondVoice = [Chord(60, 50, 40), Chord(62, 51, 40), Chord(64)];
        float[] low = Describe(frames, 2, 45, true, false), high = Describe([.. frames.Select(frame => frame << 12)], 2, 57, true, false);
        Assert.NotEqual(low, Describe(otherSecondVoice, 2, 45, true, false));
        // Seen from the key, only its own height is another.
        Assert.Equal(2, low.Zip(high).Count(pair => pair.First != pair.Second));
    }

    private static UInt128 Chord(params int[] keys) => keys.Aggregate(UInt128.Zero, (frame, key) => frame | UInt128.One << key);

    private static float[] Describe(
        UInt128[] frames, int time, int key, bool seesAbove, bool remembers, CorpusContexts? corpus = null, int self = -1)
    {
        var features = new KeyFeatures(seesAbove, remembers, corpus);
        features.BeginPiece(new FramePiece([.. frames]), self);
        features.BeginFrame(time);
        var numbers = new float[features.Count];
        Array.Fill(numbers, float.NaN);
        features.Fill(key, frames[time], numbers);
        Assert.DoesNotContain(float.NaN, numbers);
        return numbers;
    }

    private static UInt128 Frame(Random random) =>
        Enumerable.Range(0, 4).Aggregate(UInt128.Zero, (frame, _) => frame | (UInt128.One << random.Next(10, 80)));
}
