using System.Globalization;
using System.Text;

namespace Etude.Corpora.Preparing;

/// <summary>A report in words.</summary>
internal static class CorpusReportText
{
    private const int ShownGroups = 5;
    private const int ShownMembers = 3;

    public static string Write(CorpusReport report)
    {
        var text = new StringBuilder();
        Line($"{report.Folder}");
        Line($"  {report.FilesSeen:N0} music files seen, {report.PiecesKept:N0} kept: {report.NoteCount:N0} notes, {Length(report.Hours)}, pitches {report.LowestPitch} to {report.HighestPitch}");
        if (report.FilesNotSelected > 0) Line($"  {report.FilesNotSelected:N0} not selected by the patterns");
        foreach ((DropReason reason, int count) in report.FilesDropped) Line($"  {count:N0} left out, {CorpusPreparation.Describe(reason)}");
        foreach (SplitSummary split in report.Splits)
        {
            Line($"  {split.Split.ToString().ToLowerInvariant(),-10} {split.Pieces,6:N0} pieces in {split.Works:N0} works, {split.Notes:N0} notes, {Length(split.Seconds / 3600)}");
        }
        Line($"  meters: {Counts(report.Meters, 8)}");
        if (report.PartsDropped.Count > 0) Line($"  parts left out of pieces kept: {Counts(report.PartsDropped)}");
        if (report.NotesDropped.Count > 0) Line($"  notes left out of pieces kept: {Counts(report.NotesDropped)}");
        if (report.Repairs > 0) Line($"  {report.Repairs:N0} repairs in reading");
        Groups(report.Duplicates, "files that are the same music");
        Groups(report.Related, "pieces that share music, kept in one split");
        foreach (string remark in report.Remarks) Line($"  note: {remark}");
        Line($"  {(report.FromCache ? "taken from the cache" : "prepared")} in {report.ElapsedSeconds:0.00} seconds");
        return text.ToString().TrimEnd();

        void Groups(IReadOnlyList<DuplicateGroup> groups, string what)
        {
            if (groups.Count == 0) return;
            Line($"  {groups.Count:N0} {(groups.Count == 1 ? "group" : "groups")} of {what}:");
            foreach (DuplicateGroup group in groups.Take(ShownGroups)) Line($"    {group.Kept} = {Members(group.Others)} ({group.Similarity:0.00})");
            if (groups.Count > ShownGroups) Line($"    and {groups.Count - ShownGroups:N0} more");
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Length(double hours) =>
        hours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{hours:0.0} hours") : string.Create(CultureInfo.InvariantCulture, $"{hours * 60:0.0} minutes");

    private static string Members(IReadOnlyList<string> names) =>
        string.Join(" = ", names.Take(ShownMembers)) + (names.Count > ShownMembers ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - ShownMembers:N0} more") : "");

    private static string Counts(IReadOnlyDictionary<string, int> counts, int most = int.MaxValue)
    {
        string shown = string.Join(", ", counts.Take(most).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:N0}")));
        return counts.Count > most ? shown + string.Create(CultureInfo.InvariantCulture, $", {counts.Count - most:N0} others") : shown;
    }
}
