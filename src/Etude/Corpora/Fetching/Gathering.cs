using System.Globalization;
using System.Security.Cryptography;

namespace Etude.Corpora.Fetching;

/// <summary>One filling of a folder.</summary>
internal sealed class Gathering(WebSession session, string folder, FetchOptions options, string licence, IProgress<FetchProgress>? progress)
{
    private readonly Download download = new(session, options);
    private readonly List<FetchedFile> saved = [];
    private readonly List<string> alreadyThere = [];
    private readonly List<SkippedLink> skipped = [];
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    public async Task<FetchReport> RunAsync(IReadOnlyList<Uri> links, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        for (int done = 0; done < links.Count; done++)
        {
            Uri link = links[done];
            string name = Unique(SafeName.Of(link));
            await TakeAsync(link, name, null, done, links.Count, cancellation).ConfigureAwait(false);
        }
        return new FetchReport(folder, saved, alreadyThere, skipped);
    }

    public async Task<FetchReport> RunAsync(PublicDataSet dataSet, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await TakeAsync(dataSet.Archive, dataSet.Name + ".zip", dataSet.Sha256, 0, 1, cancellation).ConfigureAwait(false);
        return new FetchReport(folder, saved, alreadyThere, skipped);
    }

    private async Task TakeAsync(Uri link, string name, string? sha256, int done, int total, CancellationToken cancellation)
    {
        bool isArchive = MusicBytes.HasArchiveName(name);
        string final = isArchive ? Path.ChangeExtension(name, null) : name;
        string path = Path.Combine(folder, final);
        if (File.Exists(path) || Directory.Exists(path))
        {
            alreadyThere.Add(final);
            return;
        }
        try
        {
            if (saved.Count + alreadyThere.Count >= options.MaximumFiles) throw new RefusalException("more files than the limit");
            string part = await download.ToPartAsync(
                link, Path.Combine(folder, name), isArchive ? options.MaximumArchiveBytes : options.MaximumFileBytes,
                (bytes, length) => progress?.Report(new FetchProgress(done, total, download.TotalBytes, name, bytes, length)), cancellation).ConfigureAwait(false);
            try
            {
                Record(isArchive ? Unpack(link, part, final, sha256, cancellation) : [Check(link, part, final)]);
            }
            finally
            {
                File.Delete(part);
            }
            progress?.Report(new FetchProgress(done + 1, total, download.TotalBytes, name, 0, null));
        }
        catch (RefusalException refusal)
        {
            skipped.Add(new SkippedLink(link.ToString(), refusal.Message));
        }
    }

    private FetchedFile Check(Uri link, string part, string name)
    {
        if (!MusicBytes.IsMidi(MusicBytes.FirstBytes(part))) throw new RefusalException("not a MIDI file by its content");
        byte[] bytes = File.ReadAllBytes(part);
        File.Move(part, Path.Combine(folder, name));
        return new FetchedFile(name, link, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private IEnumerable<FetchedFile> Unpack(Uri link, string part, string name, string? sha256, CancellationToken cancellation)
    {
        if (!MusicBytes.IsArchive(MusicBytes.FirstBytes(part))) throw new RefusalException("not a zip archive by its content");
        if (sha256 is not null)
        {
            using FileStream file = File.OpenRead(part);
            string found = Convert.ToHexStringLower(SHA256.HashData(file));
            if (found != sha256) throw new RefusalException($"its SHA-256 is {found}, not {sha256}: it is broken or was changed");
        }
        return new MidiArchive(options, link, skipped).Unpack(part, Path.Combine(folder, name), options.MaximumFiles - saved.Count, cancellation)
            .Select(file => file with { Name = name + "/" + file.Name });
    }

    private void Record(IEnumerable<FetchedFile> files)
    {
        string path = Path.Combine(folder, "sources.tsv");
        bool isNew = !File.Exists(path);
        using StreamWriter writer = File.AppendText(path);
        if (isNew) writer.Write("file\taddress\tbytes\tsha256\tlicence\n");
        foreach (FetchedFile file in files)
        {
            saved.Add(file);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{file.Name}\t{file.Address}\t{file.Bytes}\t{file.Sha256}\t{licence}\n"));
        }
    }

    // Two links may end alike; the order of links on the page decides, so that the same call names them alike again.
    private string Unique(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name), extension = Path.GetExtension(name);
        for (int number = 2; !names.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{extension}");
        return name;
    }
}
