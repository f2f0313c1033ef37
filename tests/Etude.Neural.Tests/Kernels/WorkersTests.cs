using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

public sealed class WorkersTests
{
    private readonly ref struct CountVisits(Span<int> visits) : IWork
    {
        private readonly Span<int> visits = visits;

        public void Run(int index) => visits[index]++;
    }

    private readonly struct Failing(int at) : IWork
    {
        public void Run(int index)
        {
            if (index == at) throw new InvalidOperationException($"part {index}");
        }
    }

    private readonly ref struct Nested(Span<int> visits) : IWork
    {
        private readonly Span<int> visits = visits;

        public void Run(int index) => Workers.For(10, new CountVisits(visits.Slice(index * 10, 10)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Every_part_runs_once(int parts)
    {
        var visits = new int[parts];
        for (int repeat = 1; repeat <= 50; repeat++)
        {
            Workers.For(parts, new CountVisits(visits));
            Assert.All(visits, visit => Assert.Equal(repeat, visit));
        }
    }

    [Fact]
    public void Nested_work_runs_inside_its_part()
    {
        var visits = new int[200];
        Workers.For(20, new Nested(visits));
        Assert.All(visits, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public void A_part_that_throws_is_heard_and_the_pool_lives_on()
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var fault = Assert.Throws<InvalidOperationException>(() => Workers.For(16, new Failing(7)));
            Assert.Equal("part 7", fault.Message);
        }
        var visits = new int[100];
        Workers.For(100, new CountVisits(visits));
        Assert.All(visits, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public void Many_callers_may_share_the_pool() =>
        Parallel.For(0, 8, _ =>
        {
            var visits = new int[64];
            for (int repeat = 1; repeat <= 200; repeat++) Workers.For(64, new CountVisits(visits));
            Assert.All(visits, visit => Assert.Equal(200, visit));
        });

    [Fact]
    public void The_collector_may_move_arrays_while_parts_run()
    {
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested) GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: true);
        });
        collector.Start();
        try
        {
            for (int repeat = 0; repeat < 60; repeat++)
            {
                // Small enough for the heap whose arrays move, large enough for several parts.
                float[] x = Numbers.Uniform(repeat, 20_000), y = [.. x], sum = new float[20_000];
                Elementwise.Add(x, y, sum);
                Elementwise.Scale(sum, 0.5f, y);
                Assert.Equal(x, y);
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }
    }

    [Fact]
    public void A_warm_call_allocates_nothing()
    {
        var visits = new int[64];
        Workers.For(64, new CountVisits(visits));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < 100; repeat++) Workers.For(64, new CountVisits(visits));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
