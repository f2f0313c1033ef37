using System.Runtime.InteropServices;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>
/// Which runs of notes a corpus holds, in any key, as a small file beside a model: <see cref="FileName"/>. It answers yes or
/// no, for a <see cref="CopyGuard"/>; where a passage comes from, a <see cref="CorpusIndex"/> knows.
/// </summary>
/// <remarks>
/// A Bloom filter (1970) of twelve bits a run and eight places in one block of 512 bits: what stands in the corpus is always
/// found, and about one run in 150 that does not is taken for one that does. Immutable, so any number of threads may ask it.
/// </remarks>
public sealed class CorpusRuns
{
    /// <summary>The name it has in a model's folder: <c>corpus.index</c>.</summary>
    public const string FileName = "corpus.index";

    private const int BitsPerRun = 12, Probes = 8, WordsPerBlock = 8;

    private readonly ulong[] _words;

    private CorpusRuns(int longestRun, ulong[] words) => (LongestRun, _words) = (longestRun, words);

    /// <summary>The longest run of notes that a piece may share with the corpus: runs of one note more are kept here.</summary>
    public int LongestRun { get; }

    private static ReadOnlySpan<byte> Magic => "EtudeRn1"u8;

    /// <summary>Gathers the runs of a corpus; about a second for each million notes, 1.5 bytes a note.</summary>
    /// <param name="pieces">The scores; read once. Drum parts are left out.</param>
    /// <param name="longestRun">The longest run that a piece may share with them, 1 or more. Default 16.</param>
    public static CorpusRuns Build(IEnumerable<Score> pieces, int longestRun = 16)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestRun, 1);
        var runs = new HashSet<ulong>();
        foreach (Score piece in pieces)
        {
            int[] symbols = NoteLine.Of(piece).Symbols();
            for (int first = 0; first + longestRun <= symbols.Length; first++) runs.Add(Hash(symbols.AsSpan(first, longestRun)));
        }
        long bits = Math.Max(1, (long)runs.Count * BitsPerRun);
        var built = new CorpusRuns(longestRun, new ulong[(bits + 511) / 512 * WordsPerBlock]);
        foreach (ulong run in runs)
        {
            Span<ulong> block = built.BlockOf(run);
            for (int probe = 0; probe < Probes; probe++) block[Word(run, probe)] |= Bit(run, probe);
        }
        return built;
    }

    /// <summary>Writes a file, which appears only when it is whole.</summary>
    public void Save(string path)
    {
        using (var writer = new BinaryWriter(File.Create(path + ".tmp")))
        {
            writer.Write(Magic);
            writer.Write(LongestRun);
            writer.Write(_words.Length);
            writer.Write(MemoryMarshal.AsBytes<ulong>(_words));
        }
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not one, or is cut short.</exception>
    public static CorpusRuns Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int header = Magic.Length + 2 * sizeof(int);
        if (file.Length < header || !file.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{path}: not the runs of a corpus. Train anew, or remove it: the model then composes without a copy guard.");
        }
        int longestRun = BitConverter.ToInt32(file, Magic.Length), words = BitConverter.ToInt32(file, Magic.Length + sizeof(int));
        if (longestRun < 1 || words < WordsPerBlock || words % WordsPerBlock != 0 || file.Length - header != (long)words * sizeof(ulong))
        {
            throw new InvalidDataException($"{path}: cut short or damaged. Train anew, or remove it: the model then composes without a copy guard.");
        }
        return new CorpusRuns(longestRun, MemoryMarshal.Cast<byte, ulong>(file.AsSpan(header)).ToArray());
    }

    /// <summary>Counts the runs of one note more than <see cref="LongestRun"/> in a piece, and those of them that the corpus holds.</summary>
    /// <param name="piece">Drum parts are left out.</param>
    /// <returns>About one run in 150 that the corpus does not hold is counted as held, never the other way round.</returns>
    public (int Held, int Runs) Count(Score piece)
    {
        int[] symbols = NoteLine.Of(piece).Symbols();
        int runs = Math.Max(0, symbols.Length - LongestRun + 1), held = 0;
        for (int first = 0; first < runs; first++)
        {
            if (Holds(symbols.AsSpan(first, LongestRun))) held++;
        }
        return (held, runs);
    }

    /// <summary>Whether the corpus holds a run of <see cref="LongestRun"/> symbols, which join one note more.</summary>
    internal bool Holds(ReadOnlySpan<int> symbols)
    {
        ulong run = Hash(symbols);
        Span<ulong> block = BlockOf(run);
        for (int probe = 0; probe < Probes; probe++)
        {
            if ((block[Word(run, probe)] & Bit(run, probe)) == 0) return false;
        }
        return true;
    }

    private Span<ulong> BlockOf(ulong run) =>
        _words.AsSpan((int)Math.BigMul(run * 0x9E3779B97F4A7C15, (ulong)(_words.Length / WordsPerBlock), out _) * WordsPerBlock, WordsPerBlock);

    // Nine bits of the hash a probe: three choose the word, six the bit. 72 bits are wanted of 64: the last probe folds.
    private static int Word(ulong run, int probe) => (int)(Rotated(run, probe) & 7);

    private static ulong Bit(ulong run, int probe) => 1UL << (int)((Rotated(run, probe) >> 3) & 63);

    private static ulong Rotated(ulong run, int probe) => ulong.RotateRight(run ^ (run >> 31), 8 * probe);

    // FNV-1a over symbols, then mixed as splitmix64 does.
    private static ulong Hash(ReadOnlySpan<int> symbols)
    {
        ulong hash = 14695981039346656037;
        foreach (int symbol in symbols) hash = (hash ^ (uint)symbol) * 1099511628211;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
