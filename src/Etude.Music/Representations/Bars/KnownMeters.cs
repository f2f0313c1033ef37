using System.Collections.Immutable;
using System.Globalization;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations.Bars;

/// <summary>The meters that have a token "bar 3/4": those of the training scores and the common ones.</summary>
internal sealed class KnownMeters
{
    private const string Word = "bar ";

    /// <summary>The meters that are known whether or not training shows them.</summary>
    private static readonly (int Numerator, int Denominator)[] Common =
    [
        (1, 2), (2, 2), (3, 2), (4, 2), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (8, 4),
        (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (6, 8), (7, 8), (8, 8), (9, 8), (10, 8), (12, 8),
        (3, 16), (6, 16), (9, 16), (12, 16), (24, 16),
    ];

    private readonly Dictionary<(int, int), int> _indexes = [];

    /// <summary>Reads the texts of bars, as far as they go.</summary>
    /// <exception cref="FormatException">One is no bar.</exception>
    public KnownMeters(int stepsPerQuarter, IEnumerable<string> texts)
    {
        All = [.. texts.TakeWhile(text => text.StartsWith(Word, StringComparison.Ordinal)).Select(Parse)];
        Steps = [.. All.Select(meter => StepsOf(meter, stepsPerQuarter) ?? 0)];
        for (int i = 0; i < Count; i++) _indexes.TryAdd((All[i].Numerator, All[i].Denominator), i);
    }

    /// <summary>In the order of their tokens.</summary>
    public ImmutableArray<Meter> All { get; }

    public int Count => All.Length;

    /// <summary>The steps of a bar of each.</summary>
    public ImmutableArray<int> Steps { get; }

    public static IEnumerable<string> Texts(IEnumerable<Meter> meters, int stepsPerQuarter, int longestSteps) => meters
        .Select(meter => (meter.Numerator, meter.Denominator)).Union(Common)
        .Where(meter => StepsOf(new Meter(default, meter.Numerator, meter.Denominator), stepsPerQuarter) <= longestSteps)
        .OrderBy(meter => meter.Denominator).ThenBy(meter => meter.Numerator)
        .Select(meter => Invariant($"{Word}{meter.Numerator}/{meter.Denominator}"));

    public int? IndexOf(Meter meter) => _indexes.TryGetValue((meter.Numerator, meter.Denominator), out int index) ? index : null;

    public int ShortestThatHolds(int steps) => Steps.Index().Where(meter => meter.Item >= steps).MinBy(meter => meter.Item).Index;

    // The steps of a bar, if the grid has them whole.
    private static int? StepsOf(Meter meter, int stepsPerQuarter)
    {
        int quarters = 4 * meter.Numerator * stepsPerQuarter;
        return quarters % meter.Denominator == 0 ? quarters / meter.Denominator : null;
    }

    private static Meter Parse(string text)
    {
        string[] numbers = text[Word.Length..].Split('/');
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator) && numerator is >= 1 and <= 255
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            && denominator is 1 or 2 or 4 or 8 or 16 or 32 or 64
            ? new Meter(default, numerator, denominator)
            : throw new FormatException($"The vocabulary's token '{text}' is no bar: it should read 'bar 3/4'.");
    }
}
