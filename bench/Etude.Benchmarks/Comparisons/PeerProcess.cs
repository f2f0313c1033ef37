using System.Diagnostics;
using System.Globalization;

namespace Etude.Benchmarks.Comparisons;

/// <summary>A program of bench/peers that measures on demand: a task's name goes in on a line, a figure comes out on a line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;

    public PeerProcess(string[] command)
    {
        // Debian's own Python has the packages; another may stand first on the path.
        string python = Environment.GetEnvironmentVariable("ETUDE_PYTHON") ?? "/usr/bin/python3";
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(Folder(), command[0]));
        foreach (string argument in command[1..]) start.ArgumentList.Add(argument);
        process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        Version = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{command[0]} ended at once; its errors stand above.");
    }

    /// <summary>What the peer says of itself.</summary>
    public string Version { get; }

    public double Measure(string task)
    {
        process.StandardInput.WriteLine(task);
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer ended at {task}; its errors stand above.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    // bench/peers in the repository that this program was built in.
    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string peers = Path.Combine(folder.FullName, "bench", "peers");
            if (Directory.Exists(peers)) return peers;
        }
        throw new DirectoryNotFoundException($"No bench/peers above {AppContext.BaseDirectory}: run this program where it was built.");
    }
}
