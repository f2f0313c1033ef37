namespace Etude.Corpora.Preparing;

/// <summary>The pieces that list files name, and the split that each is listed for.</summary>
internal sealed class SplitLists
{
    private readonly Dictionary<string, Split> splits = new(StringComparer.Ordinal);

    public SplitLists(SplitOptions options, string folder)
    {
        foreach ((Split split, string path) in Named(options))
        {
            string full = Locate(path, folder);
            int listed = 0;
            foreach (string line in File.ReadLines(full))
            {
                string name = line.Trim().Replace('\\', '/');
                if (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
                if (name.Length == 0 || name[0] == '#') continue;
                listed++;
                if (!splits.TryAdd(name, split) && splits[name] != split)
                {
                    throw new CorpusException($"{full} lists {name} for {split}, and another list for {splits[name]}: strike it from one of them.");
                }
            }
            if (listed == 0) throw new CorpusException($"{full} names no file: write one path a line, as seen from {folder}.");
        }
        if (splits.Count == 0) throw new CorpusException("The split is by list, and no list is named: set split.trainingList.");
    }

    public Split? this[string name] => splits.TryGetValue(name, out Split split) ? split : null;

    public IEnumerable<string> Names => splits.Keys;

    /// <summary>The bytes of all lists, for the key of the cache.</summary>
    public static IEnumerable<byte[]> Contents(SplitOptions options, string folder) =>
        Named(options).Select(list => File.ReadAllBytes(Locate(list.Path, folder)));

    private static IEnumerable<(Split Split, string Path)> Named(SplitOptions options)
    {
        if (options.By != SplitBy.List) yield break;
        if (options.TrainingList is string training) yield return (Split.Training, training);
        if (options.ValidationList is string validation) yield return (Split.Validation, validation);
        if (options.TestList is string test) yield return (Split.Test, test);
    }

    private static string Locate(string path, string folder)
    {
        string below = Path.Combine(folder, path);
        if (File.Exists(below)) return below;
        if (File.Exists(path)) return Path.GetFullPath(path);
        throw new CorpusException($"The list {path} is neither in {folder} nor in the current folder: mend its path in split.");
    }
}
