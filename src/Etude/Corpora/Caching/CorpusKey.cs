using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using Etude.Corpora.Preparing;
using Etude.Music.Scores;

namespace Etude.Corpora.Caching;

/// <summary>Tells a prepared corpus from every other.</summary>
/// <param name="FileName">Of the folder and the options: what a new corpus replaces an old one by.</param>
/// <param name="State">SHA-256 of all else that the corpus hangs on: the files, the lists, and the program that read them.</param>
internal sealed record CorpusKey(string FileName, byte[] State)
{
    public static CorpusKey Of(FileScan scan, CorpusOptions options)
    {
        byte[] settings = JsonSerializer.SerializeToUtf8Bytes(options, CorpusJson.Default.CorpusOptions);
        byte[] place = SHA256.HashData([.. Encoding.UTF8.GetBytes(scan.Folder + "\n"), .. settings]);

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(place);
        writer.Write(typeof(Corpus).Module.ModuleVersionId.ToByteArray());
        writer.Write(typeof(Score).Module.ModuleVersionId.ToByteArray());
        foreach (byte[] list in SplitLists.Contents(options.Split, scan.Folder)) writer.Write(SHA256.HashData(list));
        foreach (FileScan.Entry file in scan.Files)
        {
            writer.Write(file.Name);
            writer.Write(file.Length);
            writer.Write(file.Modified);
        }
        return new CorpusKey(Convert.ToHexStringLower(place.AsSpan(0, 12)), SHA256.HashData(stream.ToArray()));
    }
}
