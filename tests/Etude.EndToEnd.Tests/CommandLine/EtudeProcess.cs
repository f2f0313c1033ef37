using System.Diagnostics;

namespace Etude.EndToEnd.Tests.CommandLine;

/// <summary>Runs the etude command as its user would: another process, its output and its exit code.</summary>
internal static class EtudeProcess
{
    /// <summary>Runs to the end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts and does not wait.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Etude.Cli.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ETUDE_CACHE"] = Path.Combine(folder, "cache");
        return Process.Start(start)!;
    }
}
