namespace Etude.Music.Representations;

/// <summary>What a token of a sheet says, and what its value means.</summary>
public enum SheetTokenKind
{
    /// <summary>The end of the piece.</summary>
    End,

    /// <summary>The open gap is filled from here on.</summary>
    Fill,

    /// <summary>The gap is filled; the sheet goes on where it was.</summary>
    Resume,

    /// <summary>This bar is told later: 0 both hands, 1 the left, 2 the right.</summary>
    Hole,

    /// <summary>A bar begins: the place of its meter in <see cref="SheetRepresentation.Meters"/>.</summary>
    Bar,

    /// <summary>The style: its place in <see cref="SheetOptions.Styles"/>.</summary>
    Style,

    /// <summary>The key: 0 to 11 C major and up, 12 to 23 C minor and up.</summary>
    Key,

    /// <summary>How dense the bars are: see <see cref="SheetRepresentation.DensityOf"/>.</summary>
    Density,

    /// <summary>Bars that come after this one.</summary>
    Last,

    /// <summary>Steps of a bar that is shorter than its meter.</summary>
    Length,

    /// <summary>The step in the bar at which the next notes begin.</summary>
    Position,

    /// <summary>Steps of the next notes of the same hand.</summary>
    Duration,

    /// <summary>A note of the left hand: its pitch.</summary>
    Left,

    /// <summary>A note of the right hand: its pitch.</summary>
    Right,
}
