using System.Runtime.InteropServices;
using Etude.Neural.Tensors.Kernels;

namespace Etude.Evaluation.Benchmark;

/// <summary>The machine that times were taken on.</summary>
public static class Processor
{
    /// <summary>The processor's name and the engine's threads, as in <c>AMD EPYC, 1 thread</c>.</summary>
    public static string Description { get; } =
        $"{Name()}, {Workers.Count} thread{(Workers.Count == 1 ? "" : "s")}";

    private static string Name()
    {
        const string Linux = "/proc/cpuinfo", Key = "model name";
        string? line = File.Exists(Linux) ? File.ReadLines(Linux).FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
