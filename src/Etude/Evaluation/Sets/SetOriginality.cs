using System.Collections.Immutable;
using Etude.Evaluation.Originality;

namespace Etude.Evaluation.Sets;

/// <summary>How much the pieces of a set share with a corpus.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Pieces">How many pieces it has.</param>
/// <param name="Copies">How many of them are called copies.</param>
/// <param name="MedianRun">Of the pieces' longest runs shared with the corpus, the median, in notes.</param>
/// <param name="NineInTenRun">The length that nine in ten of them do not exceed.</param>
/// <param name="LongestRun">The longest.</param>
/// <param name="RunShares">For each length in notes, the mean share of the pieces' runs that stand in the corpus.</param>
/// <param name="Nearest">The passages that share most notes, one for each piece that shares any, the greatest first.</param>
public sealed record SetOriginality(
    string Name, int Pieces, int Copies, int MedianRun, int NineInTenRun, int LongestRun,
    ImmutableSortedDictionary<int, Interval> RunShares, ImmutableArray<PieceResemblance> Nearest)
{
    /// <summary>Looks up every piece of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="index">The corpus; for human music held out, that of the training split.</param>
    /// <param name="options">By default <see cref="OriginalityOptions.Default"/>.</param>
    public static SetOriginality Of(PieceSet set, CorpusIndex index, OriginalityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        options ??= OriginalityOptions.Default;
        var reports = new OriginalityReport[set.Pieces.Length];
        Parallel.For(0, reports.Length, piece => reports[piece] = OriginalityReport.Of(set.Pieces[piece], index, options));
        int[] runs = [.. reports.Select(report => report.LongestRun?.Notes ?? 0).Order()];
        int At(double share) => runs.Length == 0 ? 0 : runs[(int)(share * (runs.Length - 1))];
        return new SetOriginality(
            set.Name, reports.Length, reports.Count(report => report.IsCopy), At(0.5), At(0.9), At(1),
            options.RunLengths.ToImmutableSortedDictionary(
                length => length, length => Bootstrap.Mean([.. reports.Select(report => report.RunShares[length])])),
            [.. reports.Index().Where(pair => pair.Item.Resemblance is not null)
                .Select(pair => new PieceResemblance(pair.Index, pair.Item.Resemblance!))
                .OrderByDescending(nearest => nearest.Passage.SharedNotes)]);
    }
}
