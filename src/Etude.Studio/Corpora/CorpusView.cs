using Etude.Corpora;

namespace Etude.Studio.Corpora;

/// <summary>What a recipe would learn from a folder.</summary>
/// <param name="Seen">Music files found.</param>
/// <param name="Kept">Pieces that stay.</param>
/// <param name="HeldOut">Pieces among them that only test the model.</param>
/// <param name="Notes">Notes of all pieces.</param>
/// <param name="Hours">Their length.</param>
/// <param name="Dropped">The files left out, each with its reason; 500 at most.</param>
/// <param name="DroppedCount">How many files are left out.</param>
/// <param name="SecondsAnEpoch">How long one pass over the music takes on this computer, by a trial; absent where it was not tried.</param>
internal sealed record CorpusView(
    int Seen, int Kept, int HeldOut, long Notes, double Hours, IReadOnlyList<CorpusView.Left> Dropped, int DroppedCount, double? SecondsAnEpoch)
{
    public static CorpusView From(Corpus corpus, double? secondsAnEpoch) => new(
        corpus.Report.FilesSeen, corpus.Pieces.Length, corpus.In(Split.Validation).Count(), corpus.Report.NoteCount, corpus.Report.Hours,
        [.. corpus.Dropped.Take(500).Select(file => new Left(file.Name, file.Detail))], corpus.Dropped.Length, secondsAnEpoch);

    /// <summary>A file left out.</summary>
    internal sealed record Left(string Name, string Reason);
}
