using Etude.Corpora.Batches;

namespace Etude.Tests.Corpora.Batches;

public sealed class SegmentPlanTests
{
    private static readonly int[] Lengths = [1000, 0, 3, 77, 100, 450, 12, 1, 99, 101, 5000];

    private static List<(int Batch, int Lane, Segment Segment)> All(SegmentPlan plan) =>
    [
        .. from batch in Enumerable.Range(0, plan.Count)
           from lane in Enumerable.Range(0, plan[batch].Length)
           select (batch, lane, plan[batch][lane]),
    ];

    public static TheoryData<BatchOrder, int, int> Orders => new(
        from order in Enum.GetValues<BatchOrder>() from batch in new[] { 1, 4, 16 } from steps in new[] { 1, 7, 100 } select (order, batch, steps));

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_target_is_seen_exactly_once(BatchOrder order, int batch, int steps)
    {
        for (int epoch = 0; epoch < 3; epoch++)
        {
            SegmentPlan plan = SegmentPlan.For(Lengths, new() { Order = order, Batch = batch, Steps = steps }, epoch);
            int[][] seen = [.. Lengths.Select(length => new int[length])];
            foreach ((_, _, Segment segment) in All(plan).Where(entry => entry.Segment.Length > 0))
            {
                Assert.InRange(segment.Length, 1, steps);
                for (int i = 0; i < segment.Length; i++) seen[segment.Piece][segment.Start + i]++;
            }
            Assert.All(seen.SelectMany(counts => counts), count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(BatchOrder.Streams)]
    [InlineData(BatchOrder.InOrder)]
    public void A_lane_goes_on_where_it_left_off_unless_it_resets(BatchOrder order)
    {
        SegmentPlan plan = SegmentPlan.For(Lengths, new() { Order = order, Batch = 3, Steps = 20 });
        foreach (var lane in All(plan).GroupBy(entry => entry.Lane))
        {
            Segment before = Segment.Empty;
            foreach ((_, _, Segment segment) in lane)
            {
                if (!segment.Reset) Assert.Equal((before.Piece, before.Start + 20, 20), (segment.Piece, segment.Start, before.Length));
                else if (order == BatchOrder.InOrder) Assert.Equal(0, segment.Start);
                before = segment;
            }
        }
    }

    [Fact]
    public void Streams_leave_little_empty()
    {
        var random = new Random(3);
        int[] lengths = [.. Enumerable.Range(0, 200).Select(_ => random.Next(300, 6000))];
        SegmentPlan plan = SegmentPlan.For(lengths, new() { Batch = 32, Steps = 100 });
        double full = lengths.Sum() / (double)(plan.Count * 32 * 100);
        Assert.InRange(full, 0.9, 1);
    }

    [Theory]
    [InlineData(BatchOrder.Windows, false)]
    [InlineData(BatchOrder.Streams, false)]
    [InlineData(BatchOrder.InOrder, true)]
    public void Only_measuring_is_the_same_in_every_epoch(BatchOrder order, bool same)
    {
        BatchOptions options = new() { Order = order, Batch = 4, Steps = 20 };
        Assert.Equal(All(SegmentPlan.For(Lengths, options, 1)), All(SegmentPlan.For(Lengths, options, 1)));
        Assert.Equal(same, All(SegmentPlan.For(Lengths, options, 0)).SequenceEqual(All(SegmentPlan.For(Lengths, options, 1))));
        Assert.Equal(same, All(SegmentPlan.For(Lengths, options, 0)).SequenceEqual(All(SegmentPlan.For(Lengths, options with { Seed = 9 }, 0))));
    }

    [Fact]
    public void Windows_always_start_from_nothing() =>
        Assert.All(All(SegmentPlan.For(Lengths, new() { Order = BatchOrder.Windows, Steps = 10 })), entry => Assert.True(entry.Segment.Reset));

    [Fact]
    public void Included_windows_and_the_others_make_up_the_whole()
    {
        BatchOptions options = new() { Order = BatchOrder.Windows, Batch = 4, Steps = 10 };
        var kept = Windows(options with { Include = window => window.Start / 10 % 5 != 0 });
        var others = Windows(options with { Include = window => window.Start / 10 % 5 == 0 });
        Assert.Empty(kept.Intersect(others));
        Assert.Equal(Lengths.Sum(), kept.Concat(others).Sum(window => window.Length));
        Assert.Equal(kept.Order(), Windows(options with { Include = window => window.Start / 10 % 5 != 0 }, epoch: 4).Order());

        static List<(int Piece, int Start, int Length)> Windows(BatchOptions options, int epoch = 0) =>
            [.. All(SegmentPlan.For(Lengths, options, epoch)).Where(entry => entry.Segment.Length > 0).Select(entry => (entry.Segment.Piece, entry.Segment.Start, entry.Segment.Length))];
    }

    [Fact]
    public void A_shorter_stride_shows_targets_more_often()
    {
        SegmentPlan plan = SegmentPlan.For([1000], new() { Order = BatchOrder.Windows, Steps = 50, Stride = 10 });
        Assert.InRange(All(plan).Sum(entry => entry.Segment.Length), 4500, 5000);
    }
}
