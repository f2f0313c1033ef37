using System.CommandLine;
using Etude.Corpora.Fetching;

namespace Etude.Cli;

/// <summary><c>etude fetch</c>: gathers MIDI files from a web page or a public data set.</summary>
internal static class FetchCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "The address of a web page, or a data set: " + string.Join(", ", PublicDataSet.All.Select(set => set.Name)) + "." };
        var folder = new Option<string>("--output", "-o") { Description = "Where to save.", DefaultValueFactory = _ => "midi" };
        var most = new Option<int?>("--max-files") { Description = "Save at most so many files." };
        var otherHosts = new Option<bool>("--other-hosts") { Description = "Follow links to other hosts too." };
        var agree = new Option<bool>("--agree") { Description = "A data set's licence was read; without this it is only shown." };
        var command = new Command("fetch", """
            Saves the MIDI files that a web page links to, or a public data set; politely, and so that it can be resumed.

            Examples:
              etude fetch https://example.org/midi.html -o midi
              etude fetch maestro --agree
            """) { what, folder, most, otherHosts, agree };
        command.SetAction(async (parsed, cancellation) =>
        {
            string target = parsed.GetValue(what)!, to = parsed.GetValue(folder)!;
            var options = new FetchOptions { OtherHosts = parsed.GetValue(otherHosts) };
            if (parsed.GetValue(most) is { } limit) options = options with { MaximumFiles = limit };
            var progress = new Reports(state => Terminal.Error(FormattableString.Invariant(
                $"{state.FilesDone}/{state.FilesTotal} files, {state.BytesDone / 1e6:F1} MB: {state.File}")));
            if (target.Contains("://", StringComparison.Ordinal))
            {
                Console.WriteLine(await Fetcher.FetchAsync(new Uri(target), to, options, progress, cancellation));
                return 0;
            }
            PublicDataSet dataSet = PublicDataSet.Named(target);
            Console.WriteLine($"{dataSet.Title}\n  page: {dataSet.Page}\n  archive: {dataSet.Archive}\n  SHA-256: {dataSet.Sha256 ?? "unknown"}\n  licence: {dataSet.Licence}");
            if (!parsed.GetValue(agree))
            {
                Terminal.Error("Nothing was fetched: read the licence above and add --agree.");
                return 1;
            }
            Console.WriteLine(await Fetcher.FetchAsync(dataSet, to, options, progress, cancellation));
            return 0;
        });
        return command;
    }

    // One line a file, on the thread that works.
    private sealed class Reports(Action<FetchProgress> show) : IProgress<FetchProgress>
    {
        private int _shown = -1;

        public void Report(FetchProgress value)
        {
            if (value.FilesDone == _shown) return;
            _shown = value.FilesDone;
            show(value);
        }
    }
}
