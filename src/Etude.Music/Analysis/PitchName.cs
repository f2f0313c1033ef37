namespace Etude.Music.Analysis;

/// <summary>Reads the names of pitch classes: a capital letter and any sharps or flats.</summary>
internal static class PitchName
{
    /// <summary>Reads a name from the start of a text.</summary>
    /// <param name="text">Such as "Bb7".</param>
    /// <param name="pitchClass">0 (C) to 11 (B).</param>
    /// <param name="read">How many characters the name has.</param>
    public static bool TryRead(string text, out int pitchClass, out int read)
    {
        (pitchClass, read) = (0, 0);
        int letter = text.Length == 0 ? -1 : "CDEFGAB".IndexOf(text[0], StringComparison.Ordinal);
        if (letter < 0) return false;
        pitchClass = new[] { 0, 2, 4, 5, 7, 9, 11 }[letter];
        for (read = 1; read < text.Length && text[read] is ('#' or 'b'); read++) pitchClass += text[read] == '#' ? 1 : 11;
        pitchClass %= 12;
        return true;
    }
}
