namespace Etude.Music.Sound;

/// <summary>A sound font that cannot be used; the message names the file and what is wrong with it.</summary>
public sealed class SoundFontFormatException : FormatException
{
    /// <summary>An error in a file, or in bytes where no file is known.</summary>
    /// <param name="path">The file; null where the bytes came from elsewhere.</param>
    /// <param name="fault">What is wrong, in one sentence.</param>
    public SoundFontFormatException(string? path, string fault)
        : base($"{path ?? "sound font"}: {fault}") => (Path, Fault) = (path, fault);

    /// <summary>The file; null where the bytes came from elsewhere.</summary>
    public string? Path { get; }

    /// <summary>What is wrong, in one sentence.</summary>
    public string Fault { get; }
}
