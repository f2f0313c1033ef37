using Etude.Evaluation.Originality;

namespace Etude.Tests.Evaluation.Originality;

public sealed class SuffixArrayTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(7, 1)]
    [InlineData(500, 2)]
    [InlineData(2000, 40)]
    public void Order_is_that_of_sorted_suffixes(int length, int alphabet)
    {
        var random = new Random(length);
        int[] text = [.. Enumerable.Range(0, length).Select(_ => random.Next(alphabet))];
        int[] sorted = [.. Enumerable.Range(0, length)];
        Array.Sort(sorted, (a, b) => text.AsSpan(a).SequenceCompareTo(text.AsSpan(b)));
        Assert.Equal(sorted, SuffixArray.Build(text));
    }
}
