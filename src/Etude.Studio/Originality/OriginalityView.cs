using Etude.Evaluation.Originality;
using Etude.Music.Scores;

namespace Etude.Studio.Originality;

/// <summary>How much of a piece stands in the music that its model learned from.</summary>
/// <param name="Notes">The piece's notes.</param>
/// <param name="Pieces">How many pieces it was compared with; absent where only their runs are at hand.</param>
/// <param name="LongestRun">The longest run of notes that stands there exactly, in any key; absent where there is none, or only runs are at hand.</param>
/// <param name="IsCopy">Whether it shares so much with one piece that it must be called a copy; absent where only runs are at hand.</param>
/// <param name="Runs">What the index of runs says, where the pieces are not at hand.</param>
internal sealed record OriginalityView(int Notes, int? Pieces, OriginalityView.Passage? LongestRun, bool? IsCopy, OriginalityView.RunCount? Runs)
{
    public static OriginalityView From(OriginalityReport report, int pieces) => new(
        report.Notes, pieces, report.LongestRun is { } run ? new(run.SharedNotes, run.FirstBar, run.Source, run.SourceFirstBar) : null, report.IsCopy, null);

    public static OriginalityView From(int notes, CorpusRuns index, Score piece)
    {
        (int held, int runs) = index.Count(piece);
        return new(notes, null, null, null, new RunCount(index.LongestRun + 1, runs, held));
    }

    /// <summary>A shared passage: how many notes, where in the piece, and where in which source.</summary>
    internal sealed record Passage(int Notes, int Bar, string Source, int SourceBar);

    /// <summary>How many runs of so many notes the piece has, and how many of them stand in the corpus, of which one in 150 may by mistake.</summary>
    internal sealed record RunCount(int Length, int Count, int Held);
}
