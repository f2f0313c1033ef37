namespace Etude.Music.Sound;

/// <summary>Finds the sound font to play with.</summary>
public static class SoundFonts
{
    private const string BuiltInName = "etude-piano-1.sf2";

    // Where Debian, Fedora, Arch and Homebrew put them.
    private static readonly string[] SystemFolders =
        ["/usr/share/sounds/sf2", "/usr/share/soundfonts", "/usr/local/share/soundfonts", "/opt/homebrew/share/soundfonts"];

    /// <summary>Reads the font that <see cref="Locate(string?)"/> names, or builds Etude's own.</summary>
    /// <param name="explicitPath">The font that the user asked for; null for none.</param>
    /// <param name="cacheFolder">Where Etude's own piano is kept once built; null to build it anew, about a second.</param>
    /// <exception cref="FileNotFoundException"><paramref name="explicitPath"/> is not there.</exception>
    /// <exception cref="SoundFontFormatException">The font is damaged or compressed (SF3).</exception>
    public static SoundFont Find(string? explicitPath, string? cacheFolder = null)
    {
        var location = Locate(explicitPath);
        if (location.Path is not null) return SoundFont.Read(location.Path);
        return cacheFolder is null ? SoundFont.Read(PianoSoundFont.Build()) : SoundFont.Read(BuiltIn(cacheFolder));
    }

    /// <summary>
    /// Says which font would be used and why: the one asked for, else one installed on the system
    /// (<c>default-GM.sf2</c> first; compressed ones are passed over), else Etude's own piano.
    /// </summary>
    /// <param name="explicitPath">The font that the user asked for; null for none.</param>
    /// <exception cref="FileNotFoundException"><paramref name="explicitPath"/> is not there.</exception>
    public static SoundFontLocation Locate(string? explicitPath) => Locate(explicitPath, SystemFolders);

    /// <summary>The file of Etude's own piano in a folder, built and written there where it is missing.</summary>
    /// <param name="cacheFolder">The folder; made where it is missing.</param>
    public static string BuiltIn(string cacheFolder)
    {
        string path = Path.Combine(cacheFolder, BuiltInName);
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(cacheFolder);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, PianoSoundFont.Build());
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return path;
    }

    internal static SoundFontLocation Locate(string? explicitPath, IEnumerable<string> folders)
    {
        if (explicitPath is not null)
        {
            return File.Exists(explicitPath)
                ? new SoundFontLocation(explicitPath, $"{explicitPath}, as asked")
                : throw new FileNotFoundException($"There is no sound font {explicitPath}; give the path of an .sf2 file.", explicitPath);
        }
        var skipped = new List<string>();
        var candidates = folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(file => Path.GetExtension(file).ToUpperInvariant() is ".SF2" or ".SF3")
            .OrderBy(file => !Path.GetFileNameWithoutExtension(file).Equals("default-GM", StringComparison.OrdinalIgnoreCase))
            .ThenBy(file => file, StringComparer.Ordinal);
        foreach (string file in candidates)
        {
            if (Unusable(file) is not { } reason) return new SoundFontLocation(file, $"{file}, installed on this system{Passed()}");
            skipped.Add($"{Path.GetFileName(file)}: {reason}");
        }
        return new SoundFontLocation(null, $"Etude's own piano, since no .sf2 is installed on this system{Passed()}");

        string Passed() => skipped.Count == 0 ? "" : $" (passed over {string.Join("; ", skipped)})";
    }

    // SF3 is SF2 with Ogg Vorbis inside and may carry either ending (default-GM.sf3 is often a link), so the file
    // itself is asked: the version in its first chunks.
    private static string? Unusable(string file)
    {
        if (Path.GetExtension(file).Equals(".sf3", StringComparison.OrdinalIgnoreCase)) return "compressed (SF3)";
        try
        {
            byte[] head = new byte[64];
            using var stream = File.OpenRead(file);
            int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var span = head.AsSpan(0, count);
            if (!span.StartsWith("RIFF"u8) || span.IndexOf("sfbk"u8) != 8) return "not a SoundFont 2 file";
            int version = span.IndexOf("ifil"u8);
            return version >= 0 && version + 8 < count && span[version + 8] >= 3 ? "compressed (SF3)" : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
