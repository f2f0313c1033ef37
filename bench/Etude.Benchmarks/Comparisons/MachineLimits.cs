using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Benchmarks.Comparisons;

/// <summary>What this machine can do at most, measured by loops that do nothing else.</summary>
/// <param name="OneThread">GFLOP/s of multiply-adds on one thread.</param>
/// <param name="AllThreads">GFLOP/s of multiply-adds on all threads.</param>
/// <param name="Read">GB/s of reading the bytes of the network of <see cref="LanguageNetwork"/> again and again, on all threads.</param>
internal sealed record MachineLimits(double OneThread, double AllThreads, double Read)
{
    private const int Rounds = 5;
    private const int MultiplyAdds = 12 * 20_000;
    private const int ReadFloats = LanguageNetwork.WeightCount;

    /// <summary>The best of some rounds each: a limit is what was reached once.</summary>
    public static MachineLimits Measure()
    {
        int threads = Workers.Count;
        double one = 0, all = 0, read = 0;
        float[] data = GC.AllocateArray<float>(ReadFloats, pinned: true);
        for (int round = 0; round < Rounds; round++)
        {
            Workers.Count = 1;
            one = Math.Max(one, FusedRate(1));
            Workers.Count = threads;
            all = Math.Max(all, FusedRate(threads));
            read = Math.Max(read, Measurement.Rate(ReadFloats * 4 / 1e9, () => Kernel.Run(Reading.Parts, new Reading(data, new float[Reading.Parts]))));
        }
        return new(one, all, read);
    }

    private static double FusedRate(int threads)
    {
        int parts = 16 * threads;
        return Measurement.Rate(2.0 * MultiplyAdds * Kernel.Width * parts / 1e9, () => Kernel.Run(parts, new MultiplyAdd(new float[parts])));
    }

    // Twelve independent chains: more than the latency times the number of units that any processor of today has.
    private readonly ref struct MultiplyAdd(Span<float> results) : IKernel
    {
        private readonly Span<float> results = results;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            T x = T.Broadcast(0.9999f), y = T.Broadcast(0.0001f);
            T a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
            for (int n = 0; n < MultiplyAdds / 12; n++)
            {
                a = T.MultiplyAdd(a, x, y);
                b = T.MultiplyAdd(b, x, y);
                c = T.MultiplyAdd(c, x, y);
                d = T.MultiplyAdd(d, x, y);
                e = T.MultiplyAdd(e, x, y);
                f = T.MultiplyAdd(f, x, y);
                g = T.MultiplyAdd(g, x, y);
                h = T.MultiplyAdd(h, x, y);
                i = T.MultiplyAdd(i, x, y);
                j = T.MultiplyAdd(j, x, y);
                k = T.MultiplyAdd(k, x, y);
                l = T.MultiplyAdd(l, x, y);
            }
            results[part] = T.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        }
    }

    private readonly ref struct Reading(ReadOnlySpan<float> data, Span<float> results) : IKernel
    {
        public const int Parts = 128;

        private readonly ReadOnlySpan<float> data = data;
        private readonly Span<float> results = results;

        public void Run<T>(int part) where T : struct, ILanes<T>
        {
            int length = data.Length / Parts;
            ref float from = ref MemoryMarshal.GetReference(data.Slice(part * length, length));
            T a = T.Broadcast(0), b = a, c = a, d = a;
            for (int i = 0; i <= length - 4 * T.Width; i += 4 * T.Width)
            {
                a += T.Load(in Unsafe.Add(ref from, i));
                b += T.Load(in Unsafe.Add(ref from, i + T.Width));
                c += T.Load(in Unsafe.Add(ref from, i + 2 * T.Width));
                d += T.Load(in Unsafe.Add(ref from, i + 3 * T.Width));
            }
            results[part] = T.Sum(a + b + c + d);
        }
    }
}
