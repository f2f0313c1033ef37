namespace Etude.Neural.Tensors;

/// <summary>
/// Reproducible random numbers that are a pure function of a seed and a position (SplitMix64, Steele, Lea and Flood 2014):
/// two integers save and restore it exactly, and a stretch of positions can be drawn in any order by any thread.
/// </summary>
/// <param name="seed">What tells one stream from another.</param>
public sealed class RandomSource(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Continues a saved stream.</summary>
    public RandomSource(ulong seed, ulong position) : this(seed) => Position = position;

    /// <summary>What tells one stream from another.</summary>
    public ulong Seed { get; private set; } = seed;

    /// <summary>How many 64-bit numbers were drawn.</summary>
    public ulong Position { get; private set; }

    /// <summary>Takes up the stream at a saved place.</summary>
    public void Restore(ulong seed, ulong position) => (Seed, Position) = (seed, position);

    /// <summary>The number at a position of a stream: the pure function behind all others.</summary>
    public static ulong At(ulong seed, ulong position)
    {
        // The seed is mixed first, so that neighbouring seeds do not give shifted copies of one stream.
        ulong z = Mix(seed + Golden) + (position + 1) * Golden;
        return Mix(z);
    }

    /// <summary>Sets aside <paramref name="count"/> positions for somebody who draws them through <see cref="At"/>; gives the first.</summary>
    public ulong Take(int count)
    {
        ulong first = Position;
        Position += (ulong)count;
        return first;
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64() => At(Seed, Position++);

    /// <summary>A number in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>An integer from 0 to <paramref name="limit"/> - 1 (bias below limit / 2^64).</summary>
    public int NextInt32(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (int)Math.BigMul(NextUInt64(), (ulong)limit, out _);
    }

    /// <summary>A draw from the standard normal distribution (Box and Muller, the cosine half: always two positions).</summary>
    public float NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return (float)(radius * Math.Cos(2 * Math.PI * NextDouble()));
    }

    /// <summary>Brings the elements into a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
