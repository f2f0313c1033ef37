using Etude.Corpora;
using Spectre.Console;

namespace Etude.Cli;

/// <summary>Prepares a corpus behind a progress bar.</summary>
internal static class CorpusReading
{
    public static Corpus Prepare(string folder, CorpusOptions options, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected) return Corpus.Prepare(folder, options, null, null, cancellation);
        return Terminal.Progress.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("Reading");
                var progress = new Report(state =>
                {
                    task.MaxValue = state.FilesTotal;
                    task.Value = state.FilesDone;
                    task.Description = FormattableString.Invariant($"Reading {state.FilesTotal:N0} files, {state.FilesPerSecond:N0} a second");
                });
                return Corpus.Prepare(folder, options, null, progress, cancellation);
            });
    }

    // Reports at once, on the thread that works: System.Progress would hand them to the pool, out of order.
    private sealed class Report(Action<CorpusProgress> show) : IProgress<CorpusProgress>
    {
        void IProgress<CorpusProgress>.Report(CorpusProgress value) => show(value);
    }
}
