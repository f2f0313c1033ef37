namespace Etude.Music.Notation;

/// <summary>How <see cref="PianoRollSvg"/> draws.</summary>
public sealed record PianoRollSvgOptions
{
    /// <summary>What stands above the drawing and names it for a screen reader. Default none.</summary>
    public string? Title { get; init; }

    /// <summary>The width of the whole drawing in pixels, 200 or more; the score fills it. Default 1,200.</summary>
    public int Width { get; init; } = 1200;

    /// <summary>The height of one semitone in pixels, 2 or more. Default 6.</summary>
    public int RowHeight { get; init; } = 6;

    /// <summary>What the colours tell apart. Default the parts.</summary>
    public PianoRollColouring Colouring { get; init; } = PianoRollColouring.Track;
}
