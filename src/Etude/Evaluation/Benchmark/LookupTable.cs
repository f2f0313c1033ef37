namespace Etude.Evaluation.Benchmark;

/// <summary>
/// The baseline that only remembers: what followed the last few tokens in training, or, where that context never
/// occurred, what followed a shorter one. A network that does not beat it by far on pieces held out has learned to copy.
/// </summary>
public sealed class LookupTable
{
    private readonly int _vocabularySize;
    private readonly Dictionary<ulong, Dictionary<int, int>>[] _following; // by the context's length

    /// <summary>An empty table.</summary>
    /// <param name="order">The longest context, in tokens. Default 8.</param>
    /// <param name="vocabularySize">How many tokens there are; needed by <see cref="NegativeLogLikelihood"/> alone. Default 128.</param>
    public LookupTable(int order = 8, int vocabularySize = 128)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 1);
        _vocabularySize = vocabularySize;
        _following = [.. Enumerable.Range(0, order + 1).Select(_ => new Dictionary<ulong, Dictionary<int, int>>())];
    }

    /// <summary>The longest context.</summary>
    public int Order => _following.Length - 1;

    /// <summary>Remembers what follows what in a sequence; may be called for many.</summary>
    public void Learn(ReadOnlySpan<int> tokens)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            for (int length = 0; length <= Math.Min(Order, i); length++)
            {
                ulong context = Context(tokens[(i - length)..i]);
                if (!_following[length].TryGetValue(context, out var counts)) _following[length][context] = counts = [];
                counts[tokens[i]] = counts.GetValueOrDefault(tokens[i]) + 1;
            }
        }
    }

    /// <summary>The commonest follower of the longest known ending of a context; the smallest token where several are. -1 before any is learned.</summary>
    public int Predict(ReadOnlySpan<int> context)
    {
        for (int length = Math.Min(Order, context.Length); length >= 0; length--)
        {
            if (_following[length].TryGetValue(Context(context[^length..]), out var counts))
            {
                return counts.MaxBy(pair => (pair.Value, -pair.Key)).Key;
            }
        }
        return -1;
    }

    /// <summary>The share of tokens, from place <paramref name="from"/> on, that <see cref="Predict"/> gets right.</summary>
    public double Accuracy(IEnumerable<int[]> sequences, int from = 1)
    {
        long right = 0, all = 0;
        foreach (int[] tokens in sequences)
        {
            for (int i = from; i < tokens.Length; i++)
            {
                all++;
                if (Predict(tokens.AsSpan(Math.Max(0, i - Order)..i)) == tokens[i]) right++;
            }
        }
        return all > 0 ? (double)right / all : double.NaN;
    }

    /// <summary>
    /// -ln of a sequence's probability in nats. Contexts are mixed as Witten and Bell (1991) do: with N followers of which
    /// T differ, a context weighs N / (N + T) against the shorter ones; below all stands the even chance.
    /// </summary>
    public double NegativeLogLikelihood(ReadOnlySpan<int> tokens)
    {
        double nats = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            double chance = 1.0 / _vocabularySize;
            for (int length = 0; length <= Math.Min(Order, i); length++)
            {
                if (!_following[length].TryGetValue(Context(tokens[(i - length)..i]), out var counts)) break;
                double total = counts.Values.Sum(), kinds = counts.Count;
                chance = (counts.GetValueOrDefault(tokens[i]) + kinds * chance) / (total + kinds);
            }
            nats -= Math.Log(chance);
        }
        return nats;
    }

    // Contexts are known by 64 bits (FNV-1a over tokens): among ten million, a false meeting has a chance of 3 in a million.
    private static ulong Context(ReadOnlySpan<int> tokens)
    {
        ulong hash = 14695981039346656037;
        foreach (int token in tokens) hash = (hash ^ (uint)token) * 1099511628211;
        return hash ^ (hash >> 29);
    }
}
