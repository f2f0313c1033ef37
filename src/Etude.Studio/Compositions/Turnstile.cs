using System.Diagnostics;

namespace Etude.Studio.Compositions;

/// <summary>
/// Lets a few threads work at a time, and makes them take turns: a thread that has had its slice and is waited for
/// goes to the end of the line. So fifty visitors all hear their first notes soon, however long their pieces are.
/// </summary>
/// <param name="places">How many may work at once.</param>
/// <param name="slice">How long one may work while others wait.</param>
internal sealed class Turnstile(int places, TimeSpan slice)
{
    private readonly Queue<TaskCompletionSource> line = [];
    private readonly Lock gate = new();
    private int free = places;

    /// <summary>Waits for a place; dispose the turn to leave it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public Turn Enter(CancellationToken cancellation)
    {
        Wait(cancellation);
        return new Turn(this, cancellation);
    }

    private void Wait(CancellationToken cancellation)
    {
        TaskCompletionSource place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0 && line.Count == 0)
            {
                free--;
                return;
            }
            line.Enqueue(place);
        }
        using (cancellation.Register(() => place.TrySetCanceled(cancellation))) place.Task.GetAwaiter().GetResult();
    }

    private void Leave()
    {
        lock (gate)
        {
            // One who gave up waiting is passed over.
            while (line.TryDequeue(out TaskCompletionSource? next))
            {
                if (next.TrySetResult()) return;
            }
            free++;
        }
    }

    private bool IsWaitedFor
    {
        get
        {
            lock (gate) return line.Count > 0;
        }
    }

    /// <summary>A place at the turnstile. For one thread.</summary>
    internal sealed class Turn(Turnstile turnstile, CancellationToken cancellation) : IDisposable
    {
        private long since = Stopwatch.GetTimestamp();
        private bool inside = true;

        /// <summary>Lets the next one in when the slice is over, and waits to come in again.</summary>
        public void PassOn()
        {
            if (Stopwatch.GetElapsedTime(since) < turnstile.Slice || !turnstile.IsWaitedFor) return;
            Dispose();
            turnstile.Wait(cancellation);
            inside = true;
            since = Stopwatch.GetTimestamp();
        }

        public void Dispose()
        {
            if (!inside) return;
            inside = false;
            turnstile.Leave();
        }
    }

    private TimeSpan Slice { get; } = slice;
}
