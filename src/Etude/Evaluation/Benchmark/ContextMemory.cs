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
        if (longest < 0 || _counts[longest] == most) return;
        for (int i = 0; i <= longest; i++) _counts[i] = Math.Min(most, _counts[i] + 1);
        _places.Add((follower, longest));
    }

    /// <summary>For each length: the share of places where the key sounded, whether there is one, and their number's logarithm.</summary>
    /// <param name="key">The key.</param>
    /// <param name="above">
    /// What sounds above the key, from the next key on: the same is then told of the places that agree with it. Null where the
    /// key may not see it.
    /// </param>
    /// <param name="features">Where the numbers go.</param>
    /// <param name="at">From where.</param>
    /// <returns>Where the next numbers go.</returns>
    public int Fill(int key, UInt128? above, Span<float> features, int at)
    {
        int end = at + (above is null ? Count : 2 * Count);
        if (_places.Count == 0) return end;
        Span<int> met = stackalloc int[lengths.Length], sounding = stackalloc int[lengths.Length];
        Span<int> agreeing = stackalloc int[lengths.Length], agreeingSounding = stackalloc int[lengths.Length];
        met.Clear();
        sounding.Clear();
        agreeing.Clear();
        agreeingSounding.Clear();
        UInt128 wanted = above ?? 0;
        foreach ((UInt128 follower, int longest) in CollectionsMarshal.AsSpan(_places))
        {
            UInt128 rest = follower >> key;
            int sounds = (int)(ulong)rest & 1;
            met[longest]++;
            sounding[longest] += sounds;
            if (rest >> 1 != wanted) continue;
            agreeing[longest]++;
            agreeingSounding[longest] += sounds;
        }
        Write(met, sounding, features[at..]);
        if (above is not null) Write(agreeing, agreeingSounding, features[(at + Count)..]);
        return end;
    }

    // Longer contexts are also shorter ones.
    private static void Write(ReadOnlySpan<int> met, ReadOnlySpan<int> sounding, Span<float> features)
    {
        int all = 0, allSounding = 0;
        for (int i = met.Length - 1; i >= 0; i--)
        {
            all += met[i];
            allSounding += sounding[i];
            if (all == 0) continue;
            (features[3 * i], features[3 * i + 1], features[3 * i + 2]) = ((float)allSounding / all, 1, 0.2f * MathF.Log2(1 + all));
        }
    }
}
