namespace Etude.Music.Notation;

/// <summary>A key as ABC names it: its signature, and the accidental that it gives each letter.</summary>
/// <param name="Sharps">Sharps (positive) or flats (negative), -7 to 7.</param>
/// <param name="IsMinor">Whether it is called minor.</param>
internal readonly record struct AbcKey(int Sharps, bool IsMinor)
{
    private const string OrderOfSharps = "FCGDAEB";
    private static readonly (string Name, int Shift)[] Modes =
    [
        ("", 0), ("maj", 0), ("ion", 0), ("m", -3), ("min", -3), ("aeo", -3), ("mix", -1), ("dor", -2), ("phr", -4), ("loc", -5), ("lyd", 1),
    ];

    /// <summary>Reads "G", "F#m", "Bb", "D dor", "none".</summary>
    /// <returns>Null where it is no key.</returns>
    public static AbcKey? Parse(string text)
    {
        text = text.Trim();
        if (text.Length == 0 || text.StartsWith("none", StringComparison.OrdinalIgnoreCase) || text is "HP" || text.Contains('=', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal))
        {
            return new AbcKey(0, false);
        }
        int place = OrderOfSharps.IndexOf(char.ToUpperInvariant(text[0]), StringComparison.Ordinal);
        if (place < 0) return null;
        int sharps = place - 1; // the major key of C is none, of F one flat
        int at = 1;
        if (at < text.Length && text[at] is '#' or 'b')
        {
            sharps += text[at] == '#' ? 7 : -7;
            at++;
        }
        string word = text[at..].TrimStart().Split(' ')[0];
        if (word.Contains('=', StringComparison.Ordinal)) word = "";
        string mode = word.Length > 3 ? word[..3] : word;
        var known = Array.Find(Modes, candidate => candidate.Name.Equals(mode, StringComparison.OrdinalIgnoreCase));
        if (known.Name is null) return null;
        sharps += known.Shift;
        return sharps is >= -7 and <= 7 ? new AbcKey(sharps, known.Shift == -3) : null;
    }

    /// <summary>The semitones that the signature adds to a letter A to G.</summary>
    public int Accidental(char letter)
    {
        int place = OrderOfSharps.IndexOf(letter, StringComparison.Ordinal);
        if (place < Sharps) return 1;
        return 6 - place < -Sharps ? -1 : 0;
    }

    /// <summary>The name of the key: "G", "Em", "Bb".</summary>
    public override string ToString()
    {
        int place = Sharps + 1 + (IsMinor ? 3 : 0); // of the tonic in the order of fifths, F is 0
        string accidental = place < 0 ? "b" : place > 6 ? "#" : "";
        return OrderOfSharps[(place + 7) % 7] + accidental + (IsMinor ? "m" : "");
    }
}
