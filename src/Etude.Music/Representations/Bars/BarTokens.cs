using System.Collections.Immutable;
using System.Globalization;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations.Bars;

/// <summary>Which ids mean what in the bar-based scheme: one range of ids for each kind of token.</summary>
internal sealed class BarTokens
{
    public const int Start = 0, End = 1;
    public const int TempoCount = 49;
    private const int FirstMeter = 2;

    /// <summary>The meters that are known whether or not training shows them.</summary>
    private static readonly (int Numerator, int Denominator)[] Common =
    [
        (1, 2), (2, 2), (3, 2), (4, 2), (1, 4), (2, 4), (3, 4), (4, 4), (5, 4), (6, 4), (7, 4), (8, 4),
        (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (6, 8), (7, 8), (8, 8), (9, 8), (10, 8), (12, 8),
        (3, 16), (6, 16), (9, 16), (12, 16), (24, 16),
    ];

    private readonly Dictionary<(int, int), int> _meterIds = [];

    /// <exception cref="FormatException">The texts are not those of these options.</exception>
    public BarTokens(BarsOptions options, ImmutableArray<string> texts)
    {
        Meters = [.. texts.Skip(FirstMeter).TakeWhile(text => text.StartsWith("bar ", StringComparison.Ordinal)).Select(Parse)];
        var known = Meters.Select(meter => (meter.Numerator, meter.Denominator)).ToList();
        if (known.Count == 0 || !texts.SequenceEqual(Texts(options, Meters)))
        {
            throw new FormatException(
                $"The vocabulary of {texts.Length} tokens is not one of '{BarsOptions.Name}' with these settings: take the settings and vocabulary.json from one model folder.");
        }
        int steps = options.Grid.Steps;
        MeterSteps = [.. Meters.Select(meter => StepsOf(meter, steps)!.Value)];
        for (int i = 0; i < known.Count; i++) _meterIds[known[i]] = i;
        int at = FirstMeter + known.Count;
        Lengths = Take(options.LongestSteps);
        Tempos = Take(options.Tempos ? TempoCount : 0);
        Positions = Take(options.LongestSteps);
        Pitches = Take(options.Hands ? 256 : 128);
        Velocities = Take(options.VelocityBins);
        Durations = Take(options.LongestSteps);

        Range Take(int count) => at..(at += count);
    }

    /// <summary>The meters that have a token, the first with id 2.</summary>
    public ImmutableArray<Meter> Meters { get; }

    /// <summary>The steps of a bar of each meter.</summary>
    public ImmutableArray<int> MeterSteps { get; }

    public Range Bars => FirstMeter..(FirstMeter + Meters.Length);

    /// <summary>1 step and up.</summary>
    public Range Lengths { get; }

    public Range Tempos { get; }

    /// <summary>Step 0 and up.</summary>
    public Range Positions { get; }

    /// <summary>Pitch 0 and up; with hands the left's pitches, then the right's.</summary>
    public Range Pitches { get; }

    public Range Velocities { get; }

    /// <summary>1 step and up.</summary>
    public Range Durations { get; }

    /// <summary>The vocabulary that options and meters give.</summary>
    public static ImmutableArray<string> Texts(BarsOptions options, IEnumerable<Meter> meters)
    {
        var known = meters
            .Where(meter => StepsOf(meter, options.Grid.Steps) is int steps && steps <= options.LongestSteps)
            .Select(meter => (meter.Numerator, meter.Denominator))
            .Union(Common.Where(meter => StepsOf(new Meter(default, meter.Numerator, meter.Denominator), options.Grid.Steps) <= options.LongestSteps))
            .OrderBy(meter => meter.Denominator).ThenBy(meter => meter.Numerator);
        return
        [
            "start", "end",
            .. known.Select(meter => Invariant($"bar {meter.Numerator}/{meter.Denominator}")),
            .. Count("length", 1, options.LongestSteps),
            .. Count("tempo", 0, options.Tempos ? TempoCount : 0),
            .. Count("position", 0, options.LongestSteps),
            .. Count(options.Hands ? "left" : "pitch", 0, 128),
            .. Count("right", 0, options.Hands ? 128 : 0),
            .. Count("velocity", 0, options.VelocityBins),
            .. Count("duration", 1, options.LongestSteps),
        ];

        static IEnumerable<string> Count(string kind, int first, int count) =>
            Enumerable.Range(first, count).Select(number => Invariant($"{kind} {number}"));
    }

    /// <summary>The steps of a bar, if the grid has them whole.</summary>
    public static int? StepsOf(Meter meter, int stepsPerQuarter)
    {
        int quarters = 4 * meter.Numerator * stepsPerQuarter;
        return quarters % meter.Denominator == 0 ? quarters / meter.Denominator : null;
    }

    public int? MeterIndex(Meter meter) =>
        _meterIds.TryGetValue((meter.Numerator, meter.Denominator), out int index) ? index : null;

    /// <summary>The tempo step, a twelfth of an octave each from 20 quarter notes a minute.</summary>
    public static int TempoIndex(Tempo tempo) =>
        (int)Math.Clamp(Math.Round(12 * Math.Log2(tempo.QuartersPerMinute / 20)), 0, TempoCount - 1);

    public static double QuartersPerMinute(int tempoIndex) => 20 * Math.Pow(2, tempoIndex / 12.0);

    private static Meter Parse(string text)
    {
        string[] numbers = text["bar ".Length..].Split('/');
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int numerator) && numerator is >= 1 and <= 255
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int denominator)
            && denominator is 1 or 2 or 4 or 8 or 16 or 32 or 64
            ? new Meter(default, numerator, denominator)
            : throw new FormatException($"The vocabulary's token '{text}' is no bar: it should read 'bar 3/4'.");
    }
}
