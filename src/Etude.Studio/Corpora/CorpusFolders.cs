using System.IO.Compression;
using Etude.Studio.Hosting;

namespace Etude.Studio.Corpora;

/// <summary>
/// The folders of music to learn from: the starter pieces that came with Etude, what visitors unpacked here, and, where the
/// studio serves its own computer only, any folder by its path.
/// </summary>
internal sealed class CorpusFolders
{
    private const string Starter = "starter";

    // What the corpus reader knows; anything else in a zip file is left in it.
    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase) { ".mid", ".midi", ".kar", ".rmi", ".abc" };

    private readonly string folder;
    private readonly StudioOptions options;

    public CorpusFolders(StudioOptions options)
    {
        this.options = options;
        folder = Path.Combine(options.Data, "corpora");
        Directory.CreateDirectory(folder);
    }

    private static string StarterFolder => Path.Combine(AppContext.BaseDirectory, "assets", "starter");

    public IReadOnlyList<CorpusFolder> List()
    {
        List<CorpusFolder> found = [];
        if (Directory.Exists(StarterFolder)) found.Add(new CorpusFolder(Starter, "Starter pieces", Count(StarterFolder)));
        foreach (string path in Directory.EnumerateDirectories(folder).OrderByDescending(Directory.GetCreationTimeUtc))
        {
            string name = Path.GetFileName(path);
            if (name.Length > 33) found.Add(new CorpusFolder(name[..32], name[33..], Count(path)));
        }
        return found;
    }

    /// <summary>The path of a folder that a request names.</summary>
    /// <exception cref="StudioFault">There is none of that id, or the path is not this visitor's to name.</exception>
    public string PathOf(string id)
    {
        if (id == Starter && Directory.Exists(StarterFolder)) return StarterFolder;
        if (Identifier.IsValid(id) && Directory.EnumerateDirectories(folder, id + " *").FirstOrDefault() is { } unpacked) return unpacked;
        if (Gate.IsLocalName(options.Host) && Path.IsPathFullyQualified(id) && Directory.Exists(id)) return id;
        throw StudioFault.NotFound($"There is no folder {id}.");
    }

    /// <summary>Unpacks the music of a zip file.</summary>
    /// <exception cref="StudioFault">It is no zip file, holds no music, or unpacks to more than the studio takes.</exception>
    public CorpusFolder Unpack(Stream zip, string name)
    {
        string id = Identifier.New();
        string plain = FileName.Plain(name, "music");
        string target = Path.Combine(folder, $"{id} {plain}"), growing = Path.Combine(folder, $".{id}");
        try
        {
            Directory.CreateDirectory(growing);
            int files = Extract(zip, growing);
            if (files == 0) throw StudioFault.Unreadable($"{plain} holds no MIDI or ABC file.");
            Directory.Move(growing, target);
            return new CorpusFolder(id, plain, files);
        }
        catch (InvalidDataException)
        {
            throw StudioFault.Unreadable($"{plain} is not a zip file, or it is damaged.");
        }
        finally
        {
            if (Directory.Exists(growing)) Directory.Delete(growing, recursive: true);
        }
    }

    private int Extract(Stream zip, string target)
    {
        using ZipArchive archive = new(zip, ZipArchiveMode.Read);
        if (archive.Entries.Count > options.UnpackedFiles) throw TooMuch();
        long room = options.UnpackedBytes;
        int files = 0;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!Kinds.Contains(Path.GetExtension(entry.Name)) || entry.Name.StartsWith("._", StringComparison.Ordinal)) continue;
            // The names inside are for people only: nothing in them can lead out of the folder.
            string path = Path.Combine(target, $"{++files:D5} {FileName.Plain(entry.Name, "piece")}{Path.GetExtension(entry.Name).ToLowerInvariant()}");
            using Stream source = entry.Open();
            using FileStream file = File.Create(path);
            room = Copy(source, file, Math.Min(room, options.UploadBytes), room);
        }
        return files;
    }

    // What an archive says of its sizes may be a lie: the bytes that really come are counted.
    private static long Copy(Stream source, Stream target, long most, long room)
    {
        byte[] buffer = new byte[81920];
        long copied = 0;
        for (int read; (read = source.Read(buffer)) > 0; target.Write(buffer, 0, read))
        {
            copied += read;
            if (copied > most) throw TooMuch();
        }
        return room - copied;
    }

    private static StudioFault TooMuch() => StudioFault.Unreadable("The zip file unpacks to more than this studio takes.");

    private static int Count(string path) => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Count(file => Kinds.Contains(Path.GetExtension(file)));
}
