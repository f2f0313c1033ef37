namespace Etude.Music.Notation;

/// <summary>So many notes in the time of so many: 3 in the time of 2 and the like, over a stretch of a voice.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Actual">How many notes are written.</param>
/// <param name="Normal">In the time of how many straight ones.</param>
internal sealed record MusicXmlTuplet(int Start, int End, int Actual, int Normal)
{
    /// <summary>The note value that is counted.</summary>
    public int Unit => (End - Start) / Normal;

    /// <summary>The tuplet of a divided beat.</summary>
    /// <param name="window">The beat.</param>
    /// <param name="isFine">Whether a voice uses the odd points of six or twelve parts.</param>
    public static MusicXmlTuplet Of(MusicXmlGrid.Window window, bool isFine) => window.Parts switch
    {
        5 => new(window.Start, window.End, 5, 4),
        7 => new(window.Start, window.End, 7, 4),
        _ when isFine => new(window.Start, window.End, 6, 4),
        _ => new(window.Start, window.End, 3, 2),
    };
}
