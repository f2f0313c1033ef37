namespace Etude.Music.Tests;

/// <summary>Finds the folder of real-world data that the fuller tests read; it is no part of the repository.</summary>
internal static class SharedData
{
    /// <summary>The data folder's <paramref name="relative"/> path; skips the calling test where it is absent.</summary>
    public static string Require(string relative)
    {
        string root = Environment.GetEnvironmentVariable("ETUDE_SHARED") ?? Path.Combine(RepositoryRoot(), "..", "shared");
        string path = Path.Combine(root, "data", relative);
        if (!Path.Exists(path)) Assert.Skip($"No {relative} in the shared data (set ETUDE_SHARED to its folder).");
        return path;
    }

    /// <summary>The folder of the checkout that these tests were built in.</summary>
    public static string RepositoryRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Etude.slnx"))) return at.FullName;
        }
        return AppContext.BaseDirectory;
    }
}
