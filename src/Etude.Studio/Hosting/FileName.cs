using System.Text;

namespace Etude.Studio.Hosting;

/// <summary>Makes file names of what visitors call things.</summary>
internal static class FileName
{
    /// <summary>
    /// Letters, digits and a few marks of a name, without folder and extension, 80 at most: a file name on every system,
    /// that cannot lead out of its folder.
    /// </summary>
    public static string Plain(string name, string otherwise)
    {
        StringBuilder plain = new();
        foreach (char letter in Path.GetFileNameWithoutExtension(name.Replace('\\', '/')))
        {
            plain.Append(char.IsLetterOrDigit(letter) || letter is '-' or '_' or ',' or '\'' or '#' ? letter : ' ');
        }
        string text = string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? otherwise : text[..Math.Min(text.Length, 80)].Trim();
    }
}
