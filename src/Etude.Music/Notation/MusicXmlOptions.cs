namespace Etude.Music.Notation;

/// <summary>What <see cref="MusicXml"/> writes beside the notes.</summary>
public sealed record MusicXmlOptions
{
    /// <summary>The title above the first line; null (the default) for none.</summary>
    public string? Title { get; init; }

    /// <summary>Who made the piece, at the right above the first line; null (the default) for none.</summary>
    public string? Composer { get; init; }

    /// <summary>Whether the sustain pedal is marked below the staves. Default false: performed pedal makes a score hard to read.</summary>
    public bool ShowPedal { get; init; }
}
