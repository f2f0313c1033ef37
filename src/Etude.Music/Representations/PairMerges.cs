using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Etude.Music.Representations;

/// <summary>Pairs of tokens that became tokens of their own, in the order in which they did (byte-pair encoding: Gage 1994, Sennrich and others 2016).</summary>
internal sealed class PairMerges
{
    private readonly int _plain;
    private readonly ImmutableArray<int>[] _parts; // by merge: the plain tokens that it stands for

    /// <param name="plain">The tokens before any were merged.</param>
    /// <param name="pairs">Of plain tokens and those of the pairs before.</param>
    public PairMerges(int plain, ImmutableArray<TokenPair> pairs)
    {
        (_plain, Pairs) = (plain, pairs);
        _parts = new ImmutableArray<int>[pairs.Length];
        for (int i = 0; i < pairs.Length; i++) _parts[i] = [.. PartsOf(pairs[i].First), .. PartsOf(pairs[i].Second)];
    }

    /// <summary>The pair at place i is the token i after the plain ones.</summary>
    public ImmutableArray<TokenPair> Pairs { get; }

    /// <summary>The plain tokens that a token stands for: itself where it is plain.</summary>
    public ImmutableArray<int> PartsOf(int token) => token < _plain ? [token] : _parts[token - _plain];

    /// <summary>Merges the commonest pair of all sequences, of equals the one of the lowest ids, again and again while any comes twice.</summary>
    /// <param name="plain">The tokens before any are merged.</param>
    /// <param name="sequences">Plain tokens; overwritten.</param>
    /// <param name="count">The most pairs.</param>
    public static PairMerges Learn(int plain, int[][] sequences, int count)
    {
        var counts = new Dictionary<TokenPair, int>();
        int[] lengths = [.. sequences.Select(sequence => sequence.Length)];
        foreach (int[] sequence in sequences)
        {
            for (int i = 1; i < sequence.Length; i++) Count(counts, new(sequence[i - 1], sequence[i]), 1);
        }
        var pairs = ImmutableArray.CreateBuilder<TokenPair>(count);
        while (pairs.Count < count && counts.Count > 0)
        {
            var (pair, times) = counts.MaxBy(entry => (entry.Value, -entry.Key.First, -entry.Key.Second));
            if (times < 2) break;
            for (int i = 0; i < sequences.Length; i++)
            {
                lengths[i] = Replace(sequences[i].AsSpan(0, lengths[i]), pair, plain + pairs.Count, counts);
            }
            pairs.Add(pair);
        }
        return new PairMerges(plain, pairs.ToImmutable());
    }

    /// <summary>Merges all pairs of a sequence, in the order in which they were learned.</summary>
    public ImmutableArray<int> Apply(ImmutableArray<int> plain)
    {
        int[] tokens = [.. plain];
        int length = tokens.Length;
        for (int i = 0; i < Pairs.Length; i++) length = Replace(tokens.AsSpan(0, length), Pairs[i], _plain + i);
        return [.. tokens.AsSpan(0, length)];
    }

    // Puts a token in the place of a pair, from left to right; gives what is left of the length.
    private static int Replace(Span<int> tokens, TokenPair pair, int merged, Dictionary<TokenPair, int>? counts = null)
    {
        int length = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (i + 1 == tokens.Length || tokens[i] != pair.First || tokens[i + 1] != pair.Second)
            {
                tokens[length++] = tokens[i];
                continue;
            }
            if (counts is not null)
            {
                Count(counts, pair, -1);
                if (length > 0) Move(counts, new(tokens[length - 1], pair.First), new(tokens[length - 1], merged));
                if (i + 2 < tokens.Length) Move(counts, new(pair.Second, tokens[i + 2]), new(merged, tokens[i + 2]));
            }
            tokens[length++] = merged;
            i++;
        }
        return length;
    }

    private static void Move(Dictionary<TokenPair, int> counts, TokenPair from, TokenPair to)
    {
        Count(counts, from, -1);
        Count(counts, to, 1);
    }

    private static void Count(Dictionary<TokenPair, int> counts, TokenPair pair, int change)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, pair, out _);
        count += change;
        if (count == 0) counts.Remove(pair);
    }
}
