using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Etude.Corpora.Caching;
using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>
/// A folder where prepared corpora are kept. A corpus is taken from it only when the options, the lists, the path, length and
/// time of every file, and the program itself are those it was made with; a file that is broken is made anew, and the
/// report says so. The folder may be deleted at any time.
/// </summary>
/// <remarks>
/// One file holds one corpus: a mark, the key, the SHA-256 of all that follows, then a description as JSON and the scores.
/// It replaces the one made of the same folder with the same options. Corpora that nobody asked for in thirty days are deleted.
/// </remarks>
public sealed class CorpusCache
{
    private const string Extension = ".corpus";
    private static readonly byte[] Mark = "ETUDE-CORPUS-01\n"u8.ToArray();
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly string? folder;

    private CorpusCache(string? folder) => this.folder = folder;

    /// <summary>
    /// The folder that the environment variable <c>ETUDE_CACHE</c> names, else <c>etude/corpora</c> in the user's folder for
    /// local application data.
    /// </summary>
    public static CorpusCache Default { get; } = new(DefaultFolder());

    /// <summary>Keeps nothing: each preparation reads all files.</summary>
    public static CorpusCache None { get; } = new(null);

    /// <summary>Keeps corpora in a folder of your own, which is made when needed.</summary>
    public static CorpusCache At(string folder) => new(Path.GetFullPath(folder));

    /// <summary>The corpus kept for a key, or null; <paramref name="remark"/> tells of a broken file.</summary>
    internal Corpus? Find(CorpusKey key, out string? remark)
    {
        remark = null;
        if (folder is null) return null;
        string path = PathOf(key);
        if (!File.Exists(path)) return null;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
            Span<byte> head = stackalloc byte[Mark.Length + SHA256.HashSizeInBytes];
            file.ReadExactly(head);
            if (!head[..Mark.Length].SequenceEqual(Mark)) throw new InvalidDataException("It does not begin as a corpus.");
            if (!head[Mark.Length..].SequenceEqual(key.State)) return null;
            Corpus corpus = Read(file);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return corpus;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or JsonException or UnauthorizedAccessException)
        {
            remark = $"The cache file {path} was broken, and is made anew: {fault.Message}";
            return null;
        }
    }

    /// <summary>Keeps a corpus; answers why it could not be kept, else null.</summary>
    internal string? Keep(CorpusKey key, Corpus corpus)
    {
        if (folder is null) return null;
        string path = PathOf(key);
        string temporary = path + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                file.Write(Mark);
                file.Write(key.State);
                Write(file, corpus);
            }
            File.Move(temporary, path, overwrite: true);
            foreach (string old in Directory.EnumerateFiles(folder, $"*{Extension}*"))
            {
                if (DateTime.UtcNow - File.GetLastWriteTimeUtc(old) > Kept) File.Delete(old);
            }
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"The corpus could not be kept for the next time: {fault.Message}";
        }
    }

    private static void Write(FileStream file, Corpus corpus)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long hashAt = file.Position;
        file.Position += SHA256.HashSizeInBytes;
        byte[] description = JsonSerializer.SerializeToUtf8Bytes(
            new CachedCorpus(corpus.Report, [.. corpus.Dropped], [.. corpus.Pieces]), CorpusJson.Default.CachedCorpus);
        Append(description);
        foreach (CorpusPiece piece in corpus.Pieces) Append(ScoreBytes.Write(piece.Score));
        file.Position = hashAt;
        file.Write(hash.GetHashAndReset());

        void Append(byte[] block)
        {
            byte[] length = BitConverter.GetBytes(block.Length);
            hash.AppendData(length);
            hash.AppendData(block);
            file.Write(length);
            file.Write(block);
        }
    }

    private static Corpus Read(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] expected = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        byte[] description = Next();
        var scores = new List<byte[]>();
        while (file.Position < file.Length) scores.Add(Next());
        // Checked before anything is made of the bytes.
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected)) throw new InvalidDataException("Its checksum is wrong.");
        CachedCorpus cached = JsonSerializer.Deserialize(description, CorpusJson.Default.CachedCorpus)
            ?? throw new InvalidDataException("It describes nothing.");
        ImmutableArray<CorpusPiece> pieces =
        [
            .. cached.Pieces.Zip(scores, (piece, bytes) => piece with { Source = new Lazy<Score>(() => ScoreBytes.Read(bytes)) }),
        ];
        return new Corpus(pieces, [.. cached.Dropped], cached.Report);

        byte[] Next()
        {
            byte[] length = new byte[sizeof(int)];
            file.ReadExactly(length);
            int count = BitConverter.ToInt32(length);
            if (count < 0 || count > file.Length - file.Position) throw new InvalidDataException("It ends too early.");
            byte[] block = new byte[count];
            file.ReadExactly(block);
            hash.AppendData(length);
            hash.AppendData(block);
            return block;
        }
    }

    private string PathOf(CorpusKey key) => Path.Combine(folder!, key.FileName + Extension);

    private static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable("ETUDE_CACHE") is { Length: > 0 } named) return Path.GetFullPath(named);
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "etude", "corpora"); // a service may have no home
    }
}
