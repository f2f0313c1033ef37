namespace Etude.Evaluation.Benchmark;

/// <summary>
/// What followed like last frames in the training pieces. Like means: the same frames, the same frames in another key, or the
/// same highest or lowest voice. In training a piece does not see itself.
/// </summary>
internal sealed class CorpusContexts
{
    private const int Places = 48;
    private static readonly Table[] Tables =
    [
        .. new[] { 1, 2, 3, 4, 6, 8, 16 }.Select(length => new Table(View.Frame, length)),
        .. new[] { 2, 4 }.Select(length => new Table(View.Shape, length)),
        .. new[] { 3, 6 }.Select(length => new Table(View.Highest, length)),
        .. new[] { 3 }.Select(length => new Table(View.Lowest, length)),
    ];

    private readonly UInt128[] _frames; // of all pieces
    private readonly int[] _firsts; // of each piece, and the number of all frames
    private readonly (ulong[] Contexts, int[] Places)[] _followers; // of each table; ordered by context, then place

    public CorpusContexts(IReadOnlyList<FramePiece> train)
    {
        _frames = [.. train.SelectMany(piece => piece.Frames)];
        _firsts = new int[train.Count + 1];
        for (int piece = 0; piece < train.Count; piece++) _firsts[piece + 1] = _firsts[piece] + train[piece].Frames.Length;
        _followers = [.. Tables.Select(Followers)];
    }

    /// <summary>Memories for <see cref="Recall"/>: one for each kind and length of context.</summary>
    public static ContextMemory[] NewMemories() => [.. Tables.Select(table => new ContextMemory([table.Length], Places))];

    /// <summary>Fills the memories with what followed frames like those before a time.</summary>
    /// <param name="frames">The piece, of which only frames before the time are seen.</param>
    /// <param name="time">1 or later.</param>
    /// <param name="self">The piece's number where it is one of training, which is left out; else -1.</param>
    /// <param name="memories">Those of <see cref="NewMemories"/>.</param>
    public void Recall(ReadOnlySpan<UInt128> frames, int time, int self, ContextMemory[] memories)
    {
        for (int i = 0; i < Tables.Length; i++)
        {
            memories[i].Clear();
            if (Tables[i].Length > time) continue;
            (ulong[] contexts, int[] all) = _followers[i];
            ulong context = Tables[i].ContextOf(frames[..time]);
            int start = FirstNotBelow(contexts, context), end = start;
            while (end < contexts.Length && contexts[end] == context) end++;
            ReadOnlySpan<int> places = all.AsSpan(start..end);
            (int skipped, int skip) = self < 0 ? (places.Length, 0) : Range(places, _firsts[self], _firsts[self + 1]);
            // Where there are more places than are wanted, evenly chosen ones.
            int others = places.Length - skip, wanted = Math.Min(Places, others);
            for (int n = 0; n < wanted; n++)
            {
                int chosen = (int)((long)n * others / wanted);
                int place = places[chosen < skipped ? chosen : chosen + skip];
                UInt128 follower = _frames[place];
                if (Tables[i].View == View.Shape) follower = Moved(follower, Lowest(frames[time - 1]) - Lowest(_frames[place - 1]));
                memories[i].Add(follower, Tables[i].Length);
            }
        }
    }

    private (ulong[] Contexts, int[] Places) Followers(Table table)
    {
        var contexts = new List<ulong>();
        var places = new List<int>();
        for (int piece = 0; piece + 1 < _firsts.Length; piece++)
        {
            for (int at = _firsts[piece] + table.Length; at < _firsts[piece + 1]; at++)
            {
                contexts.Add(table.ContextOf(_frames.AsSpan(_firsts[piece]..at)));
                places.Add(at);
            }
        }
        ulong[] keys = [.. contexts];
        int[] values = [.. places];
        Array.Sort(keys, values);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            values.AsSpan(start..end).Sort();
        }
        return (keys, values);
    }

    // Where in a list the places from first up to, not including, end stand, and how many they are.
    private static (int Start, int Count) Range(ReadOnlySpan<int> places, int first, int end)
    {
        int start = places.BinarySearch(first), stop = places.BinarySearch(end);
        if (start < 0) start = ~start;
        return (start, (stop < 0 ? ~stop : stop) - start);
    }

    private static int FirstNotBelow(ulong[] ordered, ulong value)
    {
        int low = 0, high = ordered.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ordered[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static UInt128 Moved(UInt128 frame, int up) => up >= 0 ? frame << up & ((UInt128.One << FramePiece.Keys) - 1) : frame >> -up;

    private static int Lowest(UInt128 frame) => frame == 0 ? 0 : (int)UInt128.TrailingZeroCount(frame);

    private enum View
    {
        Frame,
        Shape,
        Highest,
        Lowest,
    }

    /// <summary>One kind of context of one length.</summary>
    private readonly record struct Table(View View, int Length)
    {
        /// <summary>A number that stands for the last frames; different ones share it once in 2^64.</summary>
        public ulong ContextOf(ReadOnlySpan<UInt128> before)
        {
            ulong hash = 0;
            UInt128 last = before[^1];
            foreach (UInt128 frame in before[^Length..])
            {
                UInt128 seen = View switch
                {
                    View.Frame => frame,
                    View.Shape => (frame >> Lowest(frame)) | (UInt128)(byte)(Lowest(frame) - Lowest(last)) << 100,
                    View.Highest => UInt128.LeadingZeroCount(frame),
                    _ => UInt128.TrailingZeroCount(frame),
                };
                hash = (hash ^ (ulong)seen ^ 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
                hash = (hash ^ (hash >> 29) ^ (ulong)(seen >> 64)) * 0x94D049BB133111EB;
                hash ^= hash >> 32;
            }
            return hash;
        }
    }
}
