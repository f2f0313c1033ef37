using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>
/// All passages of a corpus, ready to be looked up whatever their key: a suffix array over the intervals and rhythm of
/// every piece. One file beside a model; about 11 bytes a note on disk.
/// </summary>
/// <remarks>
/// Time stands on a grid of 12 steps a quarter note, unisons of two staves are one note, drum parts are left out.
/// Immutable after it is built, so any number of threads may search it.
/// </remarks>
public sealed class CorpusIndex
{
    private static ReadOnlySpan<byte> Magic => "EtudeIx1"u8;

    private readonly byte[] _pitches;
    private readonly int[] _steps;
    private readonly ushort[] _durations;
    private readonly int[] _symbols; // of each note with the one before it; Separator at a piece's first
    private readonly int[] _order;
    private readonly int[] _firstNotes; // of each piece, and the number of notes at the end

    private CorpusIndex(
        ImmutableArray<string> names, int[] firstNotes, BarSteps[] bars, byte[] pitches, int[] steps, ushort[] durations, int[]? order)
    {
        (PieceNames, _firstNotes, Bars, _pitches, _steps, _durations) = (names, firstNotes, bars, pitches, steps, durations);
        _symbols = new int[pitches.Length];
        for (int piece = 0; piece < names.Length; piece++)
        {
            for (int note = firstNotes[piece] + 1; note < firstNotes[piece + 1]; note++)
            {
                _symbols[note] = NoteLine.Symbol(NoteAt(note - 1), NoteAt(note));
            }
        }
        _order = order ?? SuffixArray.Build(_symbols);
    }

    /// <summary>The pieces' names, in the order they were given.</summary>
    public ImmutableArray<string> PieceNames { get; }

    /// <summary>The notes of all pieces.</summary>
    public int NoteCount => _pitches.Length;

    internal BarSteps[] Bars { get; }

    /// <summary>Indexes a corpus. Takes about a second for each million notes.</summary>
    /// <param name="pieces">Names (for reports) and scores; read once, in order.</param>
    public static CorpusIndex Build(IEnumerable<(string Name, Score Score)> pieces)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var firstNotes = new List<int> { 0 };
        var bars = new List<BarSteps>();
        var pitches = new List<byte>();
        var steps = new List<int>();
        var durations = new List<ushort>();
        foreach ((string name, Score score) in pieces)
        {
            NoteLine line = NoteLine.Of(score);
            foreach (GridNote note in line.Notes)
            {
                pitches.Add(note.Pitch);
                steps.Add(note.Step);
                durations.Add((ushort)Math.Min(note.Duration, ushort.MaxValue));
            }
            names.Add(name);
            firstNotes.Add(pitches.Count);
            bars.Add(line.Bars);
        }
        return new CorpusIndex(names.ToImmutable(), [.. firstNotes], [.. bars], [.. pitches], [.. steps], [.. durations], null);
    }

    /// <summary>Writes the index to one file, which appears only when it is whole.</summary>
    public void Save(string path)
    {
        string temporary = path + ".tmp";
        using (var writer = new BinaryWriter(File.Create(temporary)))
        {
            writer.Write(Magic);
            writer.Write(PieceNames.Length);
            for (int piece = 0; piece < PieceNames.Length; piece++)
            {
                writer.Write(PieceNames[piece]);
                writer.Write(_firstNotes[piece + 1]);
                writer.Write(Bars[piece].FirstNumber);
                writer.Write(Bars[piece].Steps.Length);
                writer.Write(MemoryMarshal.AsBytes<int>(Bars[piece].Steps));
            }
            writer.Write(_pitches);
            writer.Write(MemoryMarshal.AsBytes<int>(_steps));
            writer.Write(MemoryMarshal.AsBytes<ushort>(_durations));
            writer.Write(MemoryMarshal.AsBytes<int>(_order));
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads an index that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is not such an index, or is cut short.</exception>
    public static CorpusIndex Load(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            {
                throw new InvalidDataException($"{path}: not an index of a corpus. Build it anew from the corpus.");
            }
            int count = reader.ReadInt32();
            var names = ImmutableArray.CreateBuilder<string>(count);
            var firstNotes = new int[count + 1];
            var bars = new BarSteps[count];
            for (int piece = 0; piece < count; piece++)
            {
                names.Add(reader.ReadString());
                firstNotes[piece + 1] = reader.ReadInt32();
                bars[piece] = new BarSteps(reader.ReadInt32(), Read<int>(reader, reader.ReadInt32()));
            }
            int notes = firstNotes[count];
            return new CorpusIndex(
                names.MoveToImmutable(), firstNotes, bars, Read<byte>(reader, notes), Read<int>(reader, notes),
                Read<ushort>(reader, notes), Read<int>(reader, notes));
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path}: the index of a corpus is cut short. Build it anew from the corpus.");
        }
    }

    /// <summary>The longest beginning of a passage that stands anywhere in the corpus.</summary>
    /// <returns>Its length in symbols, and the note that its first symbol leads to.</returns>
    internal (int Length, int Note) LongestMatch(ReadOnlySpan<int> symbols)
    {
        int low = -1, high = _order.Length, lowLength = 0, highLength = 0;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1, start = _order[middle];
            // Everything between two suffixes shares at least what both share with the passage.
            int length = Math.Min(lowLength, highLength);
            length += _symbols.AsSpan(Math.Min(start + length, _symbols.Length)).CommonPrefixLength(symbols[length..]);
            if (length == symbols.Length) return (length, start);
            if (start + length >= _symbols.Length || _symbols[start + length] < symbols[length])
            {
                (low, lowLength) = (middle, length);
            }
            else
            {
                (high, highLength) = (middle, length);
            }
        }
        return lowLength >= highLength
            ? (lowLength, lowLength == 0 ? -1 : _order[low])
            : (highLength, _order[high]);
    }

    /// <summary>All places where a passage stands: the notes that its first symbol leads to, in no order.</summary>
    internal ReadOnlySpan<int> Places(ReadOnlySpan<int> symbols)
    {
        int first = Bound(symbols, after: false);
        return _order.AsSpan(first..Bound(symbols, after: true));
    }

    internal GridNote NoteAt(int note) => new(_steps[note], _pitches[note], _durations[note]);

    internal int PieceOf(int note)
    {
        int found = Array.BinarySearch(_firstNotes, note);
        // Empty pieces share a first note with the next piece: the last of them holds the note.
        if (found < 0) return ~found - 1;
        while (found + 1 < _firstNotes.Length && _firstNotes[found + 1] == note) found++;
        return found;
    }

    internal Range NotesOf(int piece) => _firstNotes[piece].._firstNotes[piece + 1];

    // The first suffix that is not before the passage, or (after) the first that does not begin with it.
    private int Bound(ReadOnlySpan<int> symbols, bool after)
    {
        int low = 0, high = _order.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1, start = _order[middle];
            var suffix = _symbols.AsSpan(start, Math.Min(symbols.Length, _symbols.Length - start));
            int order = suffix.SequenceCompareTo(symbols);
            if (order < 0 || after && order == 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static T[] Read<T>(BinaryReader reader, int count)
        where T : unmanaged
    {
        var values = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
