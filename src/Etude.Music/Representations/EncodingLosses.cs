using System.Collections.Immutable;

namespace Etude.Music.Representations;

/// <summary>How many notes (or other things) of a score an encoding left out or changed, by reason.</summary>
/// <remarks>Rounding to the grid alone is not counted: a grid is chosen, these are not.</remarks>
public sealed record EncodingLosses
{
    /// <summary>An encoding that lost nothing.</summary>
    public static EncodingLosses None { get; } = new();

    /// <summary>How often each reason occurred; reasons that did not occur are absent.</summary>
    public ImmutableSortedDictionary<EncodingLoss, int> Counts { get; init; } = ImmutableSortedDictionary<EncodingLoss, int>.Empty;

    /// <summary>How often a reason occurred.</summary>
    public int this[EncodingLoss loss] => Counts.GetValueOrDefault(loss);

    /// <summary>All occurrences of all reasons.</summary>
    public int Total => Counts.Values.Sum();

    /// <summary>The losses of two encodings together.</summary>
    public static EncodingLosses operator +(EncodingLosses a, EncodingLosses b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var sum = a.Counts.ToBuilder();
        foreach (var (loss, count) in b.Counts) sum[loss] = sum.GetValueOrDefault(loss) + count;
        return new EncodingLosses { Counts = sum.ToImmutable() };
    }

    /// <summary>The same as the operator +.</summary>
    public static EncodingLosses Add(EncodingLosses left, EncodingLosses right) => left + right;

    /// <inheritdoc/>
    public override string ToString() => Counts.IsEmpty
        ? "nothing lost"
        : string.Join(", ", Counts.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    /// <summary>Counts while an encoding is made.</summary>
    internal sealed class Counter
    {
        private static readonly EncodingLoss[] Reasons = Enum.GetValues<EncodingLoss>();
        private readonly int[] _counts = new int[Reasons.Length];

        public void Count(EncodingLoss loss, int times = 1) => _counts[(int)loss] += times;

        public EncodingLosses ToLosses() => new()
        {
            Counts = Reasons.Where(loss => _counts[(int)loss] > 0).ToImmutableSortedDictionary(loss => loss, loss => _counts[(int)loss]),
        };
    }
}
