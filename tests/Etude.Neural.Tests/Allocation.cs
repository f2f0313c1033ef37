namespace Etude.Neural.Tests;

/// <summary>Measures what work allocates once it is warm.</summary>
internal static class Allocation
{
    /// <summary>
    /// The bytes that the calling thread allocates in five turns of the work: the least of several such fives. Which thread
    /// takes which part of a product is chance, so that a thread's scratch room may first be needed in any turn; work
    /// that allocates each time shows in every five.
    /// </summary>
    public static long WhenWarm(Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 6 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int turn = 0; turn < 5; turn++) work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
