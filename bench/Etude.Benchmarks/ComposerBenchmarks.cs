using BenchmarkDotNet.Attributes;
using Etude.Composing;

namespace Etude.Benchmarks;

/// <summary>The built-in model: a piece of 32 bars, and what a listener waits for, its first notes.</summary>
public class ComposerBenchmarks
{
    private readonly Composer composer = Composer.Load();
    private ulong seed;

    [Benchmark]
    public Composition Piece() => composer.Compose(new ComposeOptions { Seed = seed++ });

    [Benchmark]
    public void FirstNotes()
    {
        using var heard = new CancellationTokenSource();
        try
        {
            composer.Compose(new ComposeOptions { Seed = seed++ }, new Listener(heard), heard.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should end: at the first notes.
        }
    }

    private sealed class Listener(CancellationTokenSource heard) : IProgress<CompositionProgress>
    {
        public void Report(CompositionProgress value)
        {
            if (value.NewNotes.Length > 0) heard.Cancel();
        }
    }
}
