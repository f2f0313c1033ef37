using Etude.Evaluation.Originality;

namespace Etude.Studio.Originality;

/// <summary>How much of a piece stands in the music that its model learned from.</summary>
/// <param name="Notes">The piece's notes.</param>
/// <param name="Pieces">How many pieces it was compared with.</param>
/// <param name="LongestRun">The longest run of notes that stands there exactly, in any key; absent where there is none.</param>
/// <param name="IsCopy">Whether it shares so much with one piece that it must be called a copy.</param>
internal sealed record OriginalityView(int Notes, int Pieces, OriginalityView.Passage? LongestRun, bool IsCopy)
{
    public static OriginalityView From(OriginalityReport report, int pieces) => new(
        report.Notes, pieces, report.LongestRun is { } run ? new(run.SharedNotes, run.FirstBar, run.Source, run.SourceFirstBar) : null, report.IsCopy);

    /// <summary>A shared passage: how many notes, where in the piece, and where in which source.</summary>
    internal sealed record Passage(int Notes, int Bar, string Source, int SourceBar);
}
