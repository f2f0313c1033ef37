using Etude.Neural.Tensors.Kernels;

namespace Etude.Neural.Tests.Kernels;

/// <summary>Made-up numbers and comparisons for kernel tests.</summary>
internal static class Numbers
{
    /// <summary>Lengths around the widths of all lanes, and one that is shared among workers.</summary>
    public static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 1000, 20_011];

    public static TheoryData<int> LengthData => [.. Lengths];

    public static float[] Uniform(int seed, int length, float from = -1, float to = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => from + (to - from) * random.NextSingle())];
    }

    /// <summary>Asserts |actual - expected| is at most tolerance * (1 + |expected|) everywhere.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(actual[i] - expected[i]);
            if (!(difference <= tolerance * (1 + Math.Abs(expected[i])))) Assert.Fail($"[{i}]: expected {expected[i]}, was {actual[i]}");
        }
    }

    /// <summary>Runs the same work with one, two and three threads and asserts that all bits are the same.</summary>
    public static void AssertSameForAnyThreads(Func<float[]> work)
    {
        int before = Workers.Count;
        try
        {
            Workers.Count = 1;
            float[] alone = work();
            foreach (int threads in (int[])[2, 3])
            {
                Workers.Count = threads;
                Assert.Equal(Bits(alone), Bits(work()));
            }
        }
        finally
        {
            Workers.Count = before;
        }
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
