namespace Etude.Music.Analysis;

/// <summary>A major or minor key.</summary>
/// <param name="Tonic">The tonic's pitch class, 0 (C) to 11 (B).</param>
/// <param name="IsMinor">Whether the key is minor.</param>
public readonly record struct Key(int Tonic, bool IsMinor)
{
    // The spelling with fewer accidentals in the key's signature; of G flat and F sharp major, the flats.
    private static readonly string[] MajorNames = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];
    private static readonly string[] MinorNames = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

    /// <summary>The tonic of the major key with the same signature: A minor gives 0, C.</summary>
    public int RelativeMajorTonic => IsMinor ? (Tonic + 3) % 12 : Tonic;

    /// <summary>The sharps or flats of the signature, whichever are fewer: 0 to 6.</summary>
    public int Accidentals => Math.Min(RelativeMajorTonic * 7 % 12, RelativeMajorTonic * 5 % 12);

    /// <summary>The key of a signature of -7 (flats) to 7 (sharps).</summary>
    public static Key OfSignature(int sharps, bool isMinor)
    {
        int major = ((sharps * 7 % 12) + 12) % 12;
        return new Key(isMinor ? (major + 9) % 12 : major, isMinor);
    }

    /// <summary>Reads "C minor", "Eb major", "f# minor"; a name alone is major when it begins with a capital, else minor.</summary>
    /// <exception cref="FormatException">The text is no key; the message shows some.</exception>
    public static Key Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.Length > 0 && PitchName.TryRead(char.ToUpperInvariant(trimmed[0]) + trimmed[1..], out int tonic, out int read))
        {
            switch (trimmed[read..].Trim().ToLowerInvariant())
            {
                case "major": return new Key(tonic, false);
                case "minor" or "m": return new Key(tonic, true);
                case "": return new Key(tonic, char.IsLower(trimmed[0]));
            }
        }
        throw new FormatException($"'{text}' is no key: write \"C major\", \"F# minor\" or \"Eb major\".");
    }

    /// <inheritdoc/>
    public override string ToString() => IsMinor ? $"{MinorNames[Tonic]} minor" : $"{MajorNames[Tonic]} major";
}
