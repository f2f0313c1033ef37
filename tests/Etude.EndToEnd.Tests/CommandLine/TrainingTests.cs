using System.Diagnostics;
using Etude.Training;

namespace Etude.EndToEnd.Tests.CommandLine;

public sealed class TrainingTests
{
    [Fact]
    public void A_killed_training_resumes_to_the_same_bytes()
    {
        using var work = new Workplace(pieces: 16, notesEach: 600, epochs: 5);
        Assert.Equal(0, EtudeProcess.Run(work.Folder, "train", "small.json", "midi", "--name", "whole").ExitCode);

        using (Process killed = EtudeProcess.Start(work.Folder, "train", "small.json", "midi", "--name", "cut"))
        {
            var patience = Stopwatch.StartNew();
            while (MetricsLog.Read(work.PathOf("runs/cut")).Count < 2 && patience.Elapsed < TimeSpan.FromMinutes(1)) Thread.Sleep(2);
            killed.Kill();
            killed.WaitForExit();
        }
        int finished = MetricsLog.Read(work.PathOf("runs/cut")).Count;
        Assert.InRange(finished, 2, 4); // killed in the middle, not before and not after
        Assert.Equal(0, EtudeProcess.Run(work.Folder, "train", "small.json", "midi", "--name", "cut", "--resume").ExitCode);

        foreach (string model in new[] { "best", "epoch-0002", "epoch-0004", "epoch-0005" })
        {
            Assert.Equal(
                File.ReadAllBytes(work.PathOf($"runs/whole/models/{model}/model.safetensors")),
                File.ReadAllBytes(work.PathOf($"runs/cut/models/{model}/model.safetensors")));
        }
        Assert.Equal(
            MetricsLog.Read(work.PathOf("runs/whole")).Select(epoch => epoch.ValidationLoss),
            MetricsLog.Read(work.PathOf("runs/cut")).Select(epoch => epoch.ValidationLoss));
    }

    [Fact]
    public async Task A_training_that_is_asked_to_end_keeps_what_it_learned_since_the_last_epoch()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals.");
        using var work = new Workplace(pieces: 16, notesEach: 3000, epochs: 50);
        using Process asked = EtudeProcess.Start(work.Folder, "train", "small.json", "midi", "--name", "cut");
        Task<string> error = asked.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var patience = Stopwatch.StartNew();
        while (MetricsLog.Read(work.PathOf("runs/cut")).Count < 1 && patience.Elapsed < TimeSpan.FromMinutes(1)) await Task.Delay(2, TestContext.Current.CancellationToken);
        DateTime before = File.GetLastWriteTimeUtc(work.PathOf("runs/cut/state.safetensors"));
        using (Process kill = Process.Start("kill", ["-TERM", $"{asked.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await asked.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + 15, asked.ExitCode);
        Assert.Contains("The same command with --resume goes on.", await error, StringComparison.Ordinal);
        Assert.True(File.GetLastWriteTimeUtc(work.PathOf("runs/cut/state.safetensors")) > before);
    }

    [Fact]
    public void A_run_is_not_overwritten_and_nothing_is_resumed_from_nothing()
    {
        using var work = new Workplace(epochs: 1);
        Assert.Equal(1, EtudeProcess.Run(work.Folder, "train", "small.json", "midi", "--resume").ExitCode);
        Assert.Equal(0, EtudeProcess.Run(work.Folder, "train", "small.json", "midi").ExitCode);
        var again = EtudeProcess.Run(work.Folder, "train", "small.json", "midi");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--resume", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trained_run_generates_from_any_kept_epoch_and_from_a_passage_of_its_corpus()
    {
        using var work = new Workplace(epochs: 2);
        EtudeProcess.Run(work.Folder, "train", "small.json", "midi", "--name", "run");

        var first = EtudeProcess.Run(work.Folder, "generate", "--model", "runs/run", "--epoch", "epoch-0002", "--seed", "3", "--length", "4", "-o", "a.mid");
        var again = EtudeProcess.Run(work.Folder, "generate", "--model", "runs/run", "--epoch", "epoch-0002", "--seed", "3", "--length", "4", "-o", "b.mid");
        var primed = EtudeProcess.Run(work.Folder, "generate", "--model", "runs/run", "--primer", "corpus", "--seed", "3", "--length", "2", "-o", "c.mid");

        Assert.Equal((0, 0, 0), (first.ExitCode, again.ExitCode, primed.ExitCode));
        Assert.Equal(File.ReadAllBytes(work.PathOf("a.mid")), File.ReadAllBytes(work.PathOf("b.mid")));
        Assert.Contains("piano", EtudeProcess.Run(work.Folder, "inspect", "c.mid").Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 of 2", EtudeProcess.Run(work.Folder, "inspect", "runs/run").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaderboard_gives_no_minutes_for_a_run_without_a_log()
    {
        using var work = new Workplace(pieces: 20, epochs: 1);
        foreach (string name in new[] { "logged", "unlogged" }) Assert.Equal(0, EtudeProcess.Run(work.Folder, "train", "small.json", "midi", "--name", name).ExitCode);
        File.Delete(work.PathOf("runs/unlogged/metrics.csv"));
        (int exitCode, string output, string error) = EtudeProcess.Run(work.Folder, "evaluate", "midi", "--leaderboard", "runs", "--pieces", "2", "--length", "4");
        Assert.True(exitCode == 0, error);
        Assert.Equal("0", Minutes("logged"));
        Assert.Equal("–", Minutes("unlogged"));

        string Minutes(string run) => output.Split('\n').Single(line => line.StartsWith($"| {run} |", StringComparison.Ordinal)).Split('|')[8].Trim();
    }
}
