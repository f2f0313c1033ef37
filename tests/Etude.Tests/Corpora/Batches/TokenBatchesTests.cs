using Etude.Corpora.Batches;

namespace Etude.Tests.Corpora.Batches;

public sealed class TokenBatchesTests
{
    private static readonly int[][] Pieces =
        [.. new[] { 400, 37, 1, 120, 800, 5 }.Select((length, piece) => Enumerable.Range(0, length).Select(i => 1000 * piece + i).ToArray())];

    private static BatchOptions Options(BatchOrder order) => new() { Order = order, Batch = 3, Steps = 16 };

    [Theory]
    [InlineData(BatchOrder.Windows)]
    [InlineData(BatchOrder.Streams)]
    [InlineData(BatchOrder.InOrder)]
    public void Targets_follow_inputs_and_the_rest_is_ignored(BatchOrder order)
    {
        var batches = new TokenBatches(Pieces, Options(order), padding: -7);
        var targets = new List<int>();
        while (batches.Next() is { } batch)
        {
            int counted = 0;
            for (int i = 0; i < batch.Inputs.Length; i++)
            {
                if (batch.Targets[i] == TokenBatch.Ignored)
                {
                    Assert.Equal(-7, batch.Inputs[i]);
                    continue;
                }
                Assert.Equal(batch.Inputs[i] + 1, batch.Targets[i]);
                targets.Add(batch.Targets[i]);
                counted++;
            }
            Assert.Equal(counted, batch.TargetCount);
        }
        Assert.Equal(Pieces.SelectMany(piece => piece.Skip(1)), targets.Order());
    }

    [Theory]
    [InlineData(BatchOrder.Windows)]
    [InlineData(BatchOrder.Streams)]
    public void Goes_on_exactly_from_a_saved_position(BatchOrder order)
    {
        var batches = new TokenBatches(Pieces, Options(order));
        for (int i = 0; i < batches.BatchesInEpoch + 5; i++) batches.Next(); // four batches into the second epoch
        BatchPosition saved = batches.Position;
        Assert.Equal(new BatchPosition(1, 4), saved);
        List<string> rest = Take(batches, 60);
        Assert.Equal(rest, Take(new TokenBatches(Pieces, Options(order)) { Position = saved }, 60));

        static List<string> Take(TokenBatches batches, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => batches.Next() is { } batch ? string.Join(",", batch.Inputs.Concat(batch.Targets)) + string.Join(",", batch.Resets) : "end")];
    }

    [Fact]
    public void Pieces_may_change_from_epoch_to_epoch()
    {
        int[] asked = new int[3];
        var batches = new TokenBatches(epoch => { asked[epoch]++; return [[epoch, epoch, epoch]]; }, Options(BatchOrder.InOrder));
        for (int epoch = 0; epoch < 2; epoch++)
        {
            Assert.Equal(epoch, batches.Next()!.Targets[0]);
            Assert.Null(batches.Next());
        }
        Assert.Equal([1, 1, 0], asked);
    }

    [Fact]
    public void Nothing_is_allocated_from_batch_to_batch()
    {
        var batches = new TokenBatches(Pieces, Options(BatchOrder.Streams) with { Steps = 4 });
        batches.Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) batches.Next();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Nothing_to_draw_is_a_fault() =>
        Assert.Throws<ArgumentException>(() => new TokenBatches([[1], []], new BatchOptions()));
}
