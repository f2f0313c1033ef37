using System.Diagnostics;
using BenchmarkDotNet.Running;
using Etude.Benchmarks;
using Etude.Neural.Tensors.Kernels;

// With --filter, as in `--filter *Midi*`, BenchmarkDotNet runs the classes of that name.
if (args.Contains("--filter"))
{
    BenchmarkSwitcher.FromAssembly(typeof(MidiBenchmarks).Assembly).Run(args);
    return;
}

foreach ((int m, int n, int k, bool ta, bool tb) in new[] { (1024, 1024, 1024, false, false), (1024, 1024, 1024, false, true), (64, 2048, 512, false, true), (2048, 512, 9600, true, false), (512, 512, 9600, true, false), (9600, 2048, 512, false, true), (9600, 512, 2048, false, false) })
{
    float[] a = new float[m * k], b = new float[n * k], c = new float[m * n];
    Array.Fill(a, 1f);
    Array.Fill(b, 1f);
    var packed = new PackedMatrix(k, n);
    packed.Pack(b, tb ? k : n, tb);
    foreach (bool usePacked in new[] { false, true })
    {
        if (usePacked && ta) continue;
        foreach (int threads in new[] { 1, 2 })
        {
            Workers.Count = threads;
            var times = new List<double>();
            double total = 0;
            while (total < 0.6 || times.Count < 5)
            {
                long t = Stopwatch.GetTimestamp();
                if (usePacked) Gemm.Multiply(m, a, k, packed, false, c, n);
                else Gemm.Multiply(m, n, k, a, ta ? m : k, ta, b, tb ? k : n, tb, false, c, n);
                times.Add(Stopwatch.GetElapsedTime(t).TotalSeconds);
                total += times[^1];
            }
            times.Sort();
            double flops = 2.0 * m * n * k / 1e9;
            Console.WriteLine($"{m}x{n}x{k} {(ta ? "T" : "N")}{(tb ? "T" : "N")} {(usePacked ? "packed" : "      ")} {threads} threads: best {flops / times[0]:F0} median {flops / times[times.Count / 2]:F0} GF");
        }
    }
}
