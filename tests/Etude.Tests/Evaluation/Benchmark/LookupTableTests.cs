using Etude.Evaluation.Benchmark;
using Etude.Music.Tests;

namespace Etude.Tests.Evaluation.Benchmark;

public sealed class LookupTableTests
{
    [Fact]
    public void The_longest_known_context_decides()
    {
        var table = new LookupTable(order: 2);
        Assert.Equal(-1, table.Predict([1]));
        table.Learn([1, 2, 3, 1, 2, 4, 1, 2, 4, 9, 2, 5]);
        Assert.Equal(4, table.Predict([1, 2])); // 3 once, 4 twice
        Assert.Equal(5, table.Predict([9, 2]));
        Assert.Equal(4, table.Predict([7, 2])); // unknown pair: after 2 came 3, 4, 4, 5
        Assert.Equal(2, table.Predict([7, 7])); // nothing known: 2 is commonest
    }

    [Fact]
    public void Probabilities_mix_orders_and_sum_to_one()
    {
        var table = new LookupTable(order: 1, vocabularySize: 3);
        table.Learn([0, 1, 0]);
        // Alone: 0 twice, 1 once of 3, two kinds: p(0) = (2 + 2/3) / 5; after 0: 1 once, one kind: p(1|0) = (1 + p(1)) / 2.
        double zero = (2 + 2 / 3.0) / 5, one = (1 + 2 / 3.0) / 5;
        Assert.Equal(-Math.Log(zero) - Math.Log((1 + one) / 2), table.NegativeLogLikelihood([0, 1]), 12);
        double sum = Enumerable.Range(0, 3).Sum(token => Math.Exp(table.NegativeLogLikelihood([0]) - table.NegativeLogLikelihood([0, token])));
        Assert.Equal(1, sum, 12);
    }

    [Fact]
    public void A_split_by_windows_leaks_and_a_split_by_pieces_does_not()
    {
        // Pieces of pure chance: nothing can be learned, so whatever exceeds 1/30 is leakage.
        var random = new Random(1);
        int[][] pieces = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 300).Select(_ => random.Next(30)).ToArray())];
        (double windows, double byPiece) = Compare(pieces);
        Assert.InRange(windows, 0.9, 1);
        Assert.InRange(byPiece, 0, 0.08);
    }

    [Fact]
    public void Chorales_split_by_windows_leak()
    {
        FrameSet jsb = FrameSet.Read(SharedData.Require("polyphonic-benchmark/jsb.json"));
        var numbers = new Dictionary<UInt128, int>();
        int[][] pieces = [.. jsb.Train.Select(piece => piece.Frames.Select(frame =>
            numbers.TryGetValue(frame, out int number) ? number : numbers[frame] = numbers.Count).ToArray())];
        (double windows, double byPiece) = Compare(pieces);
        Assert.True(windows > byPiece + 0.5, $"windows {windows}, by piece {byPiece}");
    }

    // A tenth of the windows of 50 and the token they lead to is held out; or a tenth of the pieces.
    private static (double Windows, double ByPiece) Compare(int[][] pieces)
    {
        var random = new Random(2);
        int[][] windows = [.. pieces.SelectMany(piece => Enumerable.Range(0, Math.Max(0, piece.Length - 50)).Select(start => piece[start..(start + 51)]))];
        random.Shuffle(windows);
        LookupTable leaking = new(), honest = new();
        foreach (int[] window in windows[(windows.Length / 10)..]) leaking.Learn(window);
        foreach (int[] piece in pieces[(pieces.Length / 10)..]) honest.Learn(piece);
        return (leaking.Accuracy(windows[..(windows.Length / 10)], from: 50), honest.Accuracy(pieces[..(pieces.Length / 10)]));
    }
}
