namespace Etude.EndToEnd.Tests;

/// <summary>Finds the repository that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Etude.slnx"))) return at.FullName;
        }
        throw new DirectoryNotFoundException($"No Etude.slnx above {folder}: run the tests from a checkout of the repository.");
    }
}
