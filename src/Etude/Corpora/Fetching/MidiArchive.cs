using System.IO.Compression;
using System.Security.Cryptography;

namespace Etude.Corpora.Fetching;

/// <summary>Unpacks the MIDI files of a zip archive, and nothing else.</summary>
/// <remarks>
/// No member can leave the folder, whatever it is called; each is unpacked no further than the limit, whatever length the archive
/// claims; and each must begin as MIDI files do.
/// </remarks>
internal sealed class MidiArchive(FetchOptions options, Uri address, List<SkippedLink> skipped)
{
    /// <summary>Unpacks into a folder that is there, whole, or not at all.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">The folder to make.</param>
    /// <param name="mostFiles">How many files may be unpacked.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The files by their paths below <paramref name="folder"/>.</returns>
    /// <exception cref="RefusalException">It is no archive, or holds no MIDI files.</exception>
    public IReadOnlyList<FetchedFile> Unpack(string path, string folder, int mostFiles, CancellationToken cancellation)
    {
        string unpacking = folder + ".unpacking";
        if (Directory.Exists(unpacking)) Directory.Delete(unpacking, recursive: true);
        var files = new List<FetchedFile>();
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            long left = options.MaximumTotalBytes;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!MusicBytes.HasMidiName(entry.FullName) || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)) continue;
                string? name = NameOf(entry.FullName);
                if (name is null) Skip(entry, "its name leads out of the archive");
                else if (!names.Add(name)) Skip(entry, "named twice");
                else if (files.Count >= mostFiles) Skip(entry, "more files than the limit");
                else if (left <= 0) Skip(entry, "unpacked, larger than the limit");
                else if (Read(entry, Math.Min(left, options.MaximumFileBytes)) is { } bytes)
                {
                    left -= bytes.Length;
                    Save(Path.Combine(unpacking, name), bytes);
                    files.Add(new FetchedFile(name, address, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
                }
            }
        }
        catch (InvalidDataException fault)
        {
            throw new RefusalException($"a broken archive ({fault.Message})");
        }
        if (files.Count == 0) throw new RefusalException("an archive without MIDI files");
        Directory.Move(unpacking, folder);
        return files;
    }

    private byte[]? Read(ZipArchiveEntry entry, long limit)
    {
        using var bytes = new MemoryStream();
        using Stream stream = entry.Open();
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > limit) return Skip(entry, "unpacked, larger than the limit");
        }
        return MusicBytes.IsMidi(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) ? bytes.ToArray() : Skip(entry, "not a MIDI file by its content");
    }

    private byte[]? Skip(ZipArchiveEntry entry, string reason)
    {
        skipped.Add(new SkippedLink($"{address}#{entry.FullName}", reason));
        return null;
    }

    // Archives of other systems part folders by \ as well.
    private static string? NameOf(string fullName)
    {
        string[] parts = fullName.Replace('\\', '/').Split('/');
        if (parts.Any(part => part is "" or "." or ".." || part.Contains(':', StringComparison.Ordinal))) return null;
        return string.Join('/', parts.Select(SafeName.Of));
    }

    private static void Save(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }
}
