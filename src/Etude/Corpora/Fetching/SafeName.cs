using System.Text;

namespace Etude.Corpora.Fetching;

/// <summary>Makes file names of what the web and archives call things, so that they are valid everywhere and stay in their folder.</summary>
internal static class SafeName
{
    private const int Longest = 120;
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    /// <summary>One name, without folders.</summary>
    public static string Of(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (char c in name.Normalize()) safe.Append(c < ' ' || c == 127 || "<>:\"/\\|?*".Contains(c) ? '_' : c);
        string text = safe.ToString().Trim(' ', '.');
        string extension = Path.GetExtension(text);
        string stem = Path.GetFileNameWithoutExtension(text);
        if (stem.Length + extension.Length > Longest) stem = stem[..Math.Max(1, Longest - Math.Min(extension.Length, 20))];
        if (stem.Length == 0 || Reserved.Contains(stem)) stem = "_" + stem;
        return stem + extension;
    }

    /// <summary>The last part of an address.</summary>
    public static string Of(Uri address) => Of(Uri.UnescapeDataString(address.Segments[^1]));
}
