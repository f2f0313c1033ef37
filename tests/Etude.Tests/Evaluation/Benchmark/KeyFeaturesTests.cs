using Etude.Evaluation.Benchmark;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class KeyFeaturesTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Nothing_later_is_seen(bool seesAbove, bool remembers)
    {
        // Frames from a small stock, so that contexts recur and the memory is at work.
        var random = new Random(5);
        UInt128[] stock = [.. Enumerable.Range(0, 6).Select(_ => Frame(random))];
        UInt128[] frames = [.. Enumerable.Range(0, 120).Select(_ => stock[random.Next(stock.Length)] << random.Next(3))];
        for (int time = 1; time < frames.Length; time += 7)
        {
            for (int key = 20; key < 70; key += 5)
            {
                float[] before = Describe(frames, time, key, seesAbove, remembers);
                UInt128[] changed = [.. frames];
                for (int later = time + 1; later < changed.Length; later++) changed[later] = Frame(random);
                UInt128 above = seesAbove ? changed[time] >> key >> 1 << 1 << key : Frame(random);
                changed[time] = above | (Frame(random) & ((UInt128.One << (key + 1)) - 1));
                Assert.Equal(before, Describe(changed, time, key, seesAbove, remembers));
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

    private static float[] Describe(UInt128[] frames, int time, int key, bool seesAbove, bool remembers)
    {
        var features = new KeyFeatures(seesAbove, remembers);
        features.BeginPiece(new FramePiece([.. frames]));
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
