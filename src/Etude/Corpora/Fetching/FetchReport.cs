using System.Globalization;

namespace Etude.Corpora.Fetching;

/// <summary>What was gathered.</summary>
/// <param name="Folder">Where the files lie.</param>
/// <param name="Saved">The files saved by this call.</param>
/// <param name="AlreadyThere">The names of files and unpacked archives that lay there before.</param>
/// <param name="Skipped">What was not saved, with the reason.</param>
public sealed record FetchReport(
    string Folder, IReadOnlyList<FetchedFile> Saved, IReadOnlyList<string> AlreadyThere, IReadOnlyList<SkippedLink> Skipped)
{
    /// <summary>The report in a line, and a line for each kind of reason.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{Saved.Count:N0} files saved in {Folder} ({Saved.Sum(file => file.Bytes) / 1e6:0.0} MB), {AlreadyThere.Count:N0} already there, {Skipped.Count:N0} left out"),
        };
        lines.AddRange(Skipped.GroupBy(link => link.Reason).OrderByDescending(group => group.Count())
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"  {group.Count():N0} {group.Key} (such as {group.First().Address})")));
        return string.Join('\n', lines);
    }
}
