namespace Etude.Recipes;

/// <summary>Files that appear whole or not at all: written under another name, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes a text file as UTF-8 without a mark.</summary>
    public static void WriteText(string path, string text)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }
}
