namespace Etude.Tests.Evaluation;

/// <summary>Finds the shared data beside the repository (or where ETUDE_SHARED says); a test without it is skipped.</summary>
internal static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>The path of a shared file or folder; skips the test where it is absent.</summary>
    public static string Path(string relative)
    {
        string? path = Root is null ? null : System.IO.Path.Combine(Root, relative);
        if (path is null || !(File.Exists(path) || Directory.Exists(path)))
        {
            Assert.Skip($"shared/{relative} is not beside the repository, and ETUDE_SHARED does not name its folder.");
        }
        return path!;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ETUDE_SHARED") is { Length: > 0 } named) return named;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Etude.slnx")))
            {
                string beside = System.IO.Path.Combine(folder.Parent!.FullName, "shared");
                return Directory.Exists(beside) ? beside : null;
            }
        }
        return null;
    }
}
