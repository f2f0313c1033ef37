using System.Runtime.InteropServices;

namespace Etude.Evaluation.Benchmark;

/// <summary>
/// What followed the latest places of a piece that a context was met at, for contexts of several lengths, as counts: all of
/// them, and those whose frame agrees with what is settled of the frame to predict.
/// </summary>
/// <param name="lengths">The lengths of contexts in frames, ascending.</param>
/// <param name="most">How many places of a length are kept.</param>
internal sealed class ContextMemory(int[] lengths, int most)
{
    private readonly List<(UInt128 Follower, int Longest)> _places = [];
    private readonly int[] _counts = new int[lengths.Length];

    // Of each length and key: the places that sound there, those that agree with the frame above it, and those that do both.
    private readonly int[] _sounding = new int[lengths.Length * FramePiece.Keys];
    private readonly int[] _agreeing = new int[lengths.Length * FramePiece.Keys];
    private readonly int[] _agreeingSounding = new int[lengths.Length * FramePiece.Keys];

    /// <summary>How many numbers <see cref="Fill"/> writes; twice as many where it may see what sounds above.</summary>
    public int Count => 3 * lengths.Length;

    public void Clear()
    {
        _places.Clear();
        Array.Clear(_counts);
    }

    /// <summary>Adds a place, the latest first.</summary>
    /// <param name="follower">The frame that followed.</param>
    /// <param name="run">How many frames before it are those of the context.</param>
    public void Add(UInt128 follower, int run)
    {
        int longest = -1;
        while (longest + 1 < lengths.Length && lengths[longest + 1] <= run) longest++;
        // Longer contexts are also shorter ones, of which the latest places are enough.
        if (longest < 0 || _counts[longest] >= most) return;
        for (int i = 0; i <= longest; i++) _counts[i]++;
        _places.Add((follower, longest));
    }

    /// <summary>Counts, for all keys at once, before <see cref="Fill"/>.</summary>
    /// <param name="frame">The frame to predict. What is told of a key depends only on the keys above it.</param>
    public void Settle(UInt128 frame)
    {
        if (_places.Count == 0) return;
        Array.Clear(_sounding);
        Array.Clear(_agreeing);
        Array.Clear(_agreeingSounding);
        foreach ((UInt128 follower, int longest) in CollectionsMarshal.AsSpan(_places))
        {
            // Both agree above each key from the highest one on in which they differ.
            int agreesFrom = Math.Max(0, 127 - (int)UInt128.LeadingZeroCount(follower ^ frame)), row = longest * FramePiece.Keys;
            _agreeing[row + agreesFrom]++;
            for (UInt128 bits = follower; bits != 0; bits &= bits - 1)
            {
                int key = (int)UInt128.TrailingZeroCount(bits);
                _sounding[row + key]++;
                if (key >= agreesFrom) _agreeingSounding[row + key]++;
            }
        }
        for (int i = lengths.Length - 1; i >= 0; i--)
        {
            Span<int> agreeing = _agreeing.AsSpan(i * FramePiece.Keys, FramePiece.Keys);
            for (int key = 1; key < FramePiece.Keys; key++) agreeing[key] += agreeing[key - 1];
            if (i + 1 == lengths.Length) continue;
            // Longer contexts are also shorter ones.
            AddNext(_sounding, i);
            AddNext(_agreeing, i);
            AddNext(_agreeingSounding, i);
        }
    }

    /// <summary>For each length: the share of places where the key sounded, whether there is one, and their number's logarithm.</summary>
    /// <param name="key">The key.</param>
    /// <param name="seesAbove">Whether the same is then told of the places that agree with what sounds above the key.</param>
    /// <param name="features">Where the numbers go.</param>
    /// <param name="at">From where.</param>
    /// <returns>Where the next numbers go.</returns>
    public int Fill(int key, bool seesAbove, Span<float> features, int at)
    {
        int end = at + (seesAbove ? 2 * Count : Count);
        if (_places.Count == 0) return end;
        for (int i = 0; i < lengths.Length && _counts[i] > 0; i++)
        {
            int cell = i * FramePiece.Keys + key;
            Write(_counts[i], _sounding[cell], features[(at + 3 * i)..]);
            if (seesAbove && _agreeing[cell] > 0) Write(_agreeing[cell], _agreeingSounding[cell], features[(at + Count + 3 * i)..]);
        }
        return end;
    }

    private static void AddNext(int[] counts, int length)
    {
        Span<int> shorter = counts.AsSpan(length * FramePiece.Keys, FramePiece.Keys);
        ReadOnlySpan<int> longer = counts.AsSpan((length + 1) * FramePiece.Keys, FramePiece.Keys);
        for (int key = 0; key < shorter.Length; key++) shorter[key] += longer[key];
    }

    private static void Write(int places, int sounding, Span<float> features) =>
        (features[0], features[1], features[2]) = ((float)sounding / places, 1, 0.2f * MathF.Log2(1 + places));
}
