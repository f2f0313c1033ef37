using System.Text;

namespace Etude.Corpora.Fetching;

/// <summary>
/// Gathers MIDI files from the web into a folder: those a page links to, or a public data set. What is already there is not asked for
/// again, and a download that was broken off goes on, so that the same call can simply be made again.
/// </summary>
/// <remarks>
/// Beside the files, <c>sources.tsv</c> records where each came from, its SHA-256 and its licence as far as it is known.
/// Whether you may use what a page links to, its owner says: read the page first.
/// </remarks>
public static class Fetcher
{
    private const long MostPageBytes = 16 << 20;

    /// <summary>Saves the MIDI files, and those in the zip archives, that a web page links to; or one such file itself.</summary>
    /// <param name="page">The page, by http or https. Its robots.txt is honoured.</param>
    /// <param name="folder">Where to; made when needed.</param>
    /// <param name="options">The pace and the limits; the defaults where null.</param>
    /// <param name="progress">Told of each file and of each piece of it.</param>
    /// <param name="cancellation">Ends it; what is there stays.</param>
    /// <exception cref="FetchException">The page cannot be had, or links to no MIDI files.</exception>
    public static async Task<FetchReport> FetchAsync(
        Uri page, string folder, FetchOptions? options = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        options ??= new();
        using var session = new WebSession(options, page, isRobot: true);
        IReadOnlyList<Uri> links = IsWanted(page) ? [page] : await LinksAsync(page, session, cancellation).ConfigureAwait(false);
        return await new Gathering(session, folder, options, "see " + page, progress).RunAsync(links, cancellation).ConfigureAwait(false);
    }

    /// <summary>Saves the MIDI files of a public data set into a folder of its name.</summary>
    /// <param name="dataSet">Which; show its licence before.</param>
    /// <param name="folder">Where its folder is made.</param>
    /// <param name="options">The limits; the defaults where null. The data set may redirect to other hosts.</param>
    /// <param name="progress">Told of each piece.</param>
    /// <param name="cancellation">Ends it; what is there stays.</param>
    /// <exception cref="FetchException">It cannot be had, or is not what it was when its checksum was taken.</exception>
    public static async Task<FetchReport> FetchAsync(
        PublicDataSet dataSet, string folder, FetchOptions? options = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataSet);
        options = (options ?? new()) with { OtherHosts = true, MaximumFiles = int.MaxValue };
        using var session = new WebSession(options, dataSet.Archive, isRobot: false);
        FetchReport report = await new Gathering(session, folder, options, dataSet.Licence, progress)
            .RunAsync(dataSet, cancellation).ConfigureAwait(false);
        if (report.Saved.Count == 0 && report.AlreadyThere.Count == 0)
        {
            throw new FetchException($"{dataSet.Name} could not be had: {report.Skipped[0]}. Try again later, or see {dataSet.Page}.");
        }
        return report;
    }

    private static bool IsWanted(Uri link) => MusicBytes.HasMidiName(link.AbsolutePath) || MusicBytes.HasArchiveName(link.AbsolutePath);

    private static async Task<IReadOnlyList<Uri>> LinksAsync(Uri page, WebSession session, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await session.GetHomeAsync(page, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new FetchException($"{page} answers {(int)response.StatusCode}: look at the address.");
            using var bytes = new MemoryStream();
            await session.CopyAsync(response, bytes, MostPageBytes, null, cancellation).ConfigureAwait(false);
            IReadOnlyList<Uri> links = PageLinks.Find(Encoding.UTF8.GetString(bytes.ToArray()), response.RequestMessage!.RequestUri!);
            IReadOnlyList<Uri> wanted = [.. links.Where(IsWanted)];
            return wanted.Count > 0 ? wanted : throw new FetchException($"{page} links to no MIDI files or zip archives, among {links.Count} links: name the page that lists them.");
        }
        catch (Exception fault) when (fault is RefusalException or IOException or HttpRequestException)
        {
            throw new FetchException($"{page} cannot be had: {fault.Message}.");
        }
    }
}
