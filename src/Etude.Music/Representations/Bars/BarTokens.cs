using System.Collections.Immutable;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations.Bars;

/// <summary>Which ids mean what in the bar-based scheme: one range of ids for each kind of token.</summary>
internal sealed class BarTokens
{
    public const int Start = 0, End = 1;
    public const int TempoCount = 49;
    private const int FirstMeter = 2;

    /// <exception cref="FormatException">The texts are not those of these options.</exception>
    public BarTokens(BarsOptions options, ImmutableArray<string> texts)
    {
        Known = new KnownMeters(options.Grid.Steps, texts.Skip(FirstMeter));
        if (Known.Count == 0 || !texts.SequenceEqual(Texts(options, Known.All)))
        {
            throw new FormatException(
                $"The vocabulary of {texts.Length} tokens is not one of '{BarsOptions.Name}' with these settings: take the settings and vocabulary.json from one model folder.");
        }
        int at = FirstMeter + Known.Count;
        Lengths = Take(options.LongestSteps);
        Tempos = Take(options.Tempos ? TempoCount : 0);
        Positions = Take(options.LongestSteps);
        Pitches = Take(options.Hands ? 256 : 128);
        Velocities = Take(options.VelocityBins);
        Durations = Take(options.LongestSteps);

        Range Take(int count) => at..(at += count);
    }

    /// <summary>The meters that have a token, the first with id 2.</summary>
    public KnownMeters Known { get; }

    public Range Bars => FirstMeter..(FirstMeter + Known.Count);

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
        return
        [
            "start", "end",
            .. KnownMeters.Texts(meters, options.Grid.Steps, options.LongestSteps),
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

    /// <summary>The tempo step, a twelfth of an octave each from 20 quarter notes a minute.</summary>
    public static int TempoIndex(Tempo tempo) =>
        (int)Math.Clamp(Math.Round(12 * Math.Log2(tempo.QuartersPerMinute / 20)), 0, TempoCount - 1);

    public static double QuartersPerMinute(int tempoIndex) => 20 * Math.Pow(2, tempoIndex / 12.0);
}
