using System.Diagnostics;

namespace Etude.Cli;

/// <summary>Where the studio is: beside this program where both were published to one folder, else in the clone, where it is built first.</summary>
internal static class StudioProgram
{
    private const string Name = "Etude.Studio";

    /// <summary>How to start the studio that lies in a folder; null where none does.</summary>
    public static ProcessStartInfo? Find(string folder)
    {
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name), library = Path.Combine(folder, Name + ".dll");
        return File.Exists(program) ? new ProcessStartInfo(program) : File.Exists(library) ? new ProcessStartInfo(DotNet, [library]) : null;
    }

    /// <summary>Builds the studio of the clone that a folder is part of, and finds it.</summary>
    /// <exception cref="FileNotFoundException">The folder is not part of a clone, or the studio could not be built.</exception>
    public static async Task<ProcessStartInfo> BuildAsync(string folder, CancellationToken cancellation)
    {
        string root = RootAbove(folder) ?? throw new FileNotFoundException(
            $"There is no studio beside this program ({folder}). Publish both to one folder: dotnet publish src/Etude.Cli -o etude, and dotnet publish src/Etude.Studio -o etude.");
        Terminal.Error("Building the studio ...");
        using Process build = Process.Start(new ProcessStartInfo(DotNet, ["build", "-c", "Release", "--nologo", "-v", "quiet", Project(root)]) { RedirectStandardOutput = true })!;
        string said = await build.StandardOutput.ReadToEndAsync(cancellation);
        await build.WaitForExitAsync(cancellation);
        if (build.ExitCode == 0 && Find(Path.Combine(root, "artifacts", "bin", Name, "release")) is { } studio) return studio;
        throw new FileNotFoundException($"The studio could not be built.\n{said.Trim()}");
    }

    private static string? RootAbove(string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Project(place.FullName))) return place.FullName;
        }
        return null;
    }

    private static string Project(string root) => Path.Combine(root, "src", Name, Name + ".csproj");

    private static string DotNet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
