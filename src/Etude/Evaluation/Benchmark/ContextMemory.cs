namespace Etude.Evaluation.Benchmark;

/// <summary>
/// What followed the latest places of a piece that a context was met at, for contexts of several lengths, as counts: all of
/// them, and those whose frame agrees with what is settled of the frame to predict.
/// </summary>
/// <param name="lengths">The lengths of contexts in frames, ascending.</param>
internal sealed class ContextMemory(int[] lengths)
{
    private const int LatestPlaces = 32;

    private readonly List<(UInt128 Follower, int Longest)> _places = [];
    private readonly int[] _counts = new int[lengths.Length];
    private readonly int[] _met = new int[lengths.Length], _sounding = new int[lengths.Length];

    /// <summary>How many numbers <see cref="Fill"/> writes.</summary>
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
        if (longest < 0 || _counts[longest] == LatestPlaces) return;
        for (int i = 0; i <= longest; i++) _counts[i] = Math.Min(LatestPlaces, _counts[i] + 1);
        _places.Add((follower, longest));
    }

    /// <summary>For each length: the share of places where the key sounded, whether there is one, and their number's logarithm.</summary>
    /// <param name="key">The key.</param>
    /// <param name="above">What sounds above the key, from the key above it on; places with anything else above are left out.</param>
    /// <param name="features">Where the numbers go.</param>
    /// <param name="at">From where.</param>
    /// <returns>Where the next numbers go.</returns>
    public int Fill(int key, UInt128? above, Span<float> features, int at)
    {
        if (_places.Count > 0)
        {
            Array.Clear(_met);
            Array.Clear(_sounding);
            foreach ((UInt128 follower, int longest) in _places)
            {
                UInt128 rest = follower >> key;
                if (above is { } wanted && rest >> 1 != wanted) continue;
                _met[longest]++;
                _sounding[longest] += (int)(ulong)rest & 1;
            }
            int met = 0, sounding = 0;
            for (int i = lengths.Length - 1; i >= 0; i--)
            {
                met += _met[i];
                sounding += _sounding[i];
                if (met == 0) continue;
                int to = at + 3 * i;
                (features[to], features[to + 1], features[to + 2]) = ((float)sounding / met, 1, 0.2f * MathF.Log2(1 + met));
            }
        }
        return at + Count;
    }
}
