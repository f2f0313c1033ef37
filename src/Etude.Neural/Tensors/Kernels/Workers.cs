using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Etude.Neural.Tensors.Kernels;

/// <summary>The fixed pool of threads on which kernels run: the caller's own and <c>Count - 1</c> others.</summary>
/// <remarks>
/// One call at a time uses the pool; a call from inside a part, or while another thread is using the pool, runs all its
/// parts on the calling thread. Waiting threads spin for some tens of microseconds, then sleep. Nothing is allocated per call.
/// </remarks>
public static unsafe class Workers
{
    private const int SpinsBeforeSleep = 2000;

    // The number of parts not yet claimed. A part is claimed by counting down, and only then are the fields below read:
    // they cannot change before that part is done, because the caller waits for it.
    private static int unclaimed;
    private static int unfinished;
    private static int partCount;
    private static void* work;
    private static delegate*<void*, int, void> run;
    private static ExceptionDispatchInfo? failure;

    private static readonly Lock poolInUse = new();
    private static readonly SemaphoreSlim wake = new(0);
    private static int threadsStarted;
    private static int threadsAsleep;
    private static int count = CountFromEnvironment();

    [ThreadStatic]
    private static bool insidePart;

    /// <summary>The number of threads that share the work, the caller's among them.</summary>
    /// <value>The default is the environment variable <c>ETUDE_THREADS</c>, or else the number of processors. At least 1.</value>
    public static int Count
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            count = value;
        }
    }

    /// <summary>Runs parts 0 to <paramref name="parts"/> - 1 of <paramref name="job"/> and returns when all are done.</summary>
    /// <typeparam name="TWork">A struct or ref struct; the parts run on one copy of it, in place.</typeparam>
    /// <exception cref="Exception">What a part has thrown; the other parts have run all the same.</exception>
    public static void For<TWork>(int parts, TWork job) where TWork : struct, IWork, allows ref struct
    {
        int threads = count;
        if (parts <= 0) return;
        if (parts == 1 || threads == 1 || insidePart || !poolInUse.TryEnter())
        {
            for (int index = 0; index < parts; index++) job.Run(index);
            return;
        }
        try
        {
            Share(parts, Math.Min(parts, threads), ref job);
        }
        finally
        {
            poolInUse.Exit();
        }
    }

    private static void Share<TWork>(int parts, int threads, ref TWork job) where TWork : struct, IWork, allows ref struct
    {
        while (threadsStarted < threads - 1) StartThread();

        // The job lies in the caller's frame, which neither moves nor ends before every part is done; the spans in it
        // are kept up to date there by the garbage collector.
        work = Unsafe.AsPointer(ref job);
        run = &RunPart<TWork>;
        partCount = parts;
        failure = null;
        Volatile.Write(ref unfinished, parts);
        Interlocked.Exchange(ref unclaimed, parts);

        int asleep = Volatile.Read(ref threadsAsleep);
        if (asleep > 0) wake.Release(Math.Min(asleep, threads - 1));
        RunParts();
        var spin = new SpinWait();
        while (Volatile.Read(ref unfinished) > 0) spin.SpinOnce(sleep1Threshold: -1);
        failure?.Throw();
    }

    private static void RunPart<TWork>(void* job, int index) where TWork : struct, IWork, allows ref struct =>
        Unsafe.AsRef<TWork>(job).Run(index);

    private static void RunParts()
    {
        insidePart = true;
        while (true)
        {
            int left = Volatile.Read(ref unclaimed);
            if (left <= 0) break;
            if (Interlocked.CompareExchange(ref unclaimed, left - 1, left) != left) continue;
            try
            {
                run(work, partCount - left);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
            Interlocked.Decrement(ref unfinished);
        }
        insidePart = false;
    }

    private static void StartThread()
    {
        int number = ++threadsStarted;
        new Thread(() => Serve(number)) { IsBackground = true, Name = $"Etude worker {number}" }.UnsafeStart();
    }

    private static void Serve(int number)
    {
        while (true)
        {
            for (int spin = 0; spin < SpinsBeforeSleep && !Wanted(number); spin++) Thread.SpinWait(8);
            if (Wanted(number))
            {
                RunParts();
                continue;
            }
            Interlocked.Increment(ref threadsAsleep);
            if (!Wanted(number)) wake.Wait();
            Interlocked.Decrement(ref threadsAsleep);
        }
    }

    private static bool Wanted(int number) => number < count && Volatile.Read(ref unclaimed) > 0;

    private static int CountFromEnvironment() =>
        int.TryParse(Environment.GetEnvironmentVariable("ETUDE_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int threads)
        && threads >= 1
            ? threads
            : Environment.ProcessorCount;
}
