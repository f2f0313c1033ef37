using System.Globalization;
using System.Text;
using Etude.Evaluation.Sets;

namespace Etude.Evaluation.Leaderboard;

/// <summary>Models side by side, as a Markdown table.</summary>
public static class LeaderboardTable
{
    /// <summary>The table: models by bits a note, those without at the end; controls below.</summary>
    /// <param name="entries">The models; each one's composed pieces are the candidate of its run's name in the report.</param>
    /// <param name="report">The sets compared, with their originality.</param>
    public static string ToMarkdown(IEnumerable<LeaderboardEntry> entries, SetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var table = new StringBuilder();
        table.AppendLine("| model | bits a note | distance | overlapping area | longest shared run: median / most | copies | parameters | training, minutes | notes a second |");
        table.AppendLine("|---|---|---|---|---|---|---|---|---|");
        var sets = report.Sets.Where(set => set.Role != SetRole.Reference).ToDictionary(set => set.Name);
        foreach (LeaderboardEntry entry in Ordered(entries))
        {
            string name = entry.SeenPieces == 0 ? entry.Run : $"{entry.Run} (trained on {entry.SeenPieces} of the held-out pieces)";
            string bits = entry.Likelihood is { } likelihood ? Range(likelihood.BitsPerNote) : "–";
            table.AppendLine(
                $"| {name} | {bits} | {Set(sets[entry.Run])} | {entry.Parameters.ToString("N0", CultureInfo.InvariantCulture)} | {Number(entry.TrainingMinutes, "F0")} | {Number(entry.NotesPerSecond, "F0")} |");
            sets.Remove(entry.Run);
        }
        foreach (SetSummary control in sets.Values) table.AppendLine($"| *{control.Name}* | – | {Set(control)} | | | |");
        return table.ToString();

        string Set(SetSummary set)
        {
            SetOriginality? originality = report.Originality.FirstOrDefault(found => found.Name == set.Name);
            return $"{Range(set.Distance)} | {Number(set.OverlappingArea, "F3")} | {(originality is null ? "– | –" : $"{originality.MedianRun} / {originality.LongestRun} | {originality.Copies} of {originality.Pieces}")}";
        }
    }

    /// <summary>What each model is, a line for each in the order of the table.</summary>
    public static string Descriptions(IEnumerable<LeaderboardEntry> entries)
    {
        var list = new StringBuilder();
        foreach (LeaderboardEntry entry in Ordered(entries))
        {
            list.AppendLine($"- **{entry.Run}** (recipe `{entry.Recipe}`, {entry.Form}{(entry.Epochs > 0 ? $", {entry.Epochs} epoch{(entry.Epochs == 1 ? "" : "s")}" : "")}): {(entry.Description.Length > 0 ? entry.Description : "no description.")}");
        }
        return list.ToString();
    }

    private static IEnumerable<LeaderboardEntry> Ordered(IEnumerable<LeaderboardEntry> entries) =>
        entries.OrderBy(entry => entry.Likelihood?.BitsPerNote.Estimate ?? double.PositiveInfinity).ThenBy(entry => entry.Run, StringComparer.Ordinal);

    private static string Range(Interval value) =>
        FormattableString.Invariant($"{value.Estimate:F3} [{value.Low:F3}, {value.High:F3}]");

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
