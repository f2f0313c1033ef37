using System.IO.Enumeration;

namespace Etude.Corpora.Preparing;

/// <summary>The music files below a folder, in the ordinal order of their names.</summary>
internal sealed record FileScan(string Folder, IReadOnlyList<FileScan.Entry> Files)
{
    /// <param name="Name">The path below the folder, with <c>/</c>.</param>
    /// <param name="Path">Where it lies.</param>
    /// <param name="Length">In bytes.</param>
    /// <param name="Modified">When it was last written, in ticks of universal time.</param>
    internal readonly record struct Entry(string Name, string Path, long Length, long Modified);

    // Hidden files are looked at like others: a broken one is then reported rather than passed over.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        MaxRecursionDepth = 64,
    };

    public static FileScan Of(IReadOnlyList<string> filesAndFolders)
    {
        if (filesAndFolders.Count == 0) throw new CorpusException("No folder is named: name a folder of music files.");
        var files = new Dictionary<string, FileInfo>(StringComparer.Ordinal);
        var roots = new List<string>();
        foreach (string path in filesAndFolders)
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                roots.Add(Path.TrimEndingDirectorySeparator(full));
                foreach (FileInfo file in MusicFiles(full)) files[file.FullName] = file;
            }
            else if (File.Exists(full))
            {
                if (!ScoreReaders.Knows(full)) throw new CorpusException($"{path} is not a music file: known are {ScoreReaders.Extensions}.");
                roots.Add(Path.GetDirectoryName(full)!);
                files[full] = new FileInfo(full);
            }
            else
            {
                throw new CorpusException($"{path} is not there: name a folder that exists (sought at {full}).");
            }
        }
        string root = roots.Aggregate(CommonFolder);
        var entries = files.Values.Select(file => new Entry(
            Path.GetRelativePath(root, file.FullName).Replace('\\', '/'), file.FullName, file.Length, file.LastWriteTimeUtc.Ticks));
        return new FileScan(root, [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Whether a pattern names a file, by its path or by its last part.</summary>
    public static bool Matches(string pattern, string name)
    {
        string whole = pattern.EndsWith('/') ? pattern + "*" : pattern;
        return FileSystemName.MatchesSimpleExpression(whole, name)
            || FileSystemName.MatchesSimpleExpression(whole, name.AsSpan(name.LastIndexOf('/') + 1));
    }

    private static IEnumerable<FileInfo> MusicFiles(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFiles("*", Everything).Where(file => ScoreReaders.Knows(file.Name))];
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new CorpusException($"A folder below {folder} may not be read: {fault.Message} Allow it, or name the folders one by one.");
        }
    }

    private static string CommonFolder(string a, string b)
    {
        while (b != a && !b.StartsWith(Path.TrimEndingDirectorySeparator(a) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            a = Path.GetDirectoryName(a) ?? throw new CorpusException($"{a} and {b} have no folder in common: prepare them apart.");
        }
        return a;
    }
}
