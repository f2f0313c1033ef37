using Etude.Studio.Compositions;

namespace Etude.EndToEnd.Tests.Studio;

public sealed class TurnstileTests
{
    [Fact]
    public async Task At_most_so_many_work_at_once_and_all_come_through()
    {
        Turnstile turnstile = new(2, TimeSpan.Zero);
        int inside = 0, most = 0, rounds = 0;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.InRange(most, 1, 2);
        Assert.Equal(12 * 50, rounds);

        void Work()
        {
            using Turnstile.Turn turn = turnstile.Enter(CancellationToken.None);
            for (int i = 0; i < 50; i++)
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Interlocked.Increment(ref rounds);
                Interlocked.Decrement(ref inside);
                turn.PassOn();
            }
        }
    }

    [Fact]
    public async Task One_who_gives_up_waiting_does_not_block_the_line()
    {
        Turnstile turnstile = new(1, TimeSpan.Zero);
        using CancellationTokenSource patience = new();
        Turnstile.Turn first = turnstile.Enter(CancellationToken.None);
        Task given = Task.Factory.StartNew(() => turnstile.Enter(patience.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<Turnstile.Turn> last = Task.Factory.StartNew(() => turnstile.Enter(CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(50);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        first.Dispose();
        using Turnstile.Turn turn = await last.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
