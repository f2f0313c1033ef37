using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations.Bars;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations.Sheets;

/// <summary>Which ids mean what in the sheet scheme: one range of ids for each kind of token.</summary>
internal sealed class SheetTokens
{
    public const int End = 0, Fill = 1, Resume = 2;
    public const int KeyCount = 24;
    public const int DensityCount = 10;
    private const int FirstMeter = 6;

    /// <exception cref="FormatException">The texts are not those of these options.</exception>
    public SheetTokens(SheetOptions options, ImmutableArray<string> texts)
    {
        Meters = new KnownMeters(options.Grid.Steps, texts.Skip(FirstMeter));
        if (Meters.Count == 0 || !texts.SequenceEqual(Texts(options, Meters.All)))
        {
            throw new FormatException(
                $"The vocabulary of {texts.Length} tokens is not one of '{SheetOptions.Name}' with these settings: take the settings and vocabulary.json from one model folder.");
        }
        int at = 3;
        Holes = Take(3);
        Bars = Take(Meters.Count);
        Styles = Take(options.Styles.Length);
        Keys = Take(KeyCount);
        Densities = Take(DensityCount);
        Lasts = Take(options.LastBars);
        Lengths = Take(options.LongestSteps);
        Positions = Take(options.LongestSteps);
        Durations = Take(options.LongestSteps);
        Pitches = Take(2 * PitchCount);

        Parsed = [.. Enumerable.Range(0, texts.Length).Select(Parse)];
        for (int id = 0; id < Parsed.Length; id++) Ids.Add(Parsed[id], id);

        Range Take(int count) => at..(at += count);
    }

    /// <summary>What each token says.</summary>
    public ImmutableArray<SheetToken> Parsed { get; }

    /// <summary>The token that says it.</summary>
    public Dictionary<SheetToken, int> Ids { get; } = [];

    public static int PitchCount => Note.HighestPianoPitch - Note.LowestPianoPitch + 1;

    public KnownMeters Meters { get; }

    /// <summary>Both hands left out; the left alone; the right alone.</summary>
    public Range Holes { get; }

    public Range Bars { get; }

    public Range Styles { get; }

    /// <summary>C major and up, then C minor and up.</summary>
    public Range Keys { get; }

    public Range Densities { get; }

    /// <summary>The last bar, the last but one, and so on.</summary>
    public Range Lasts { get; }

    /// <summary>1 step and up.</summary>
    public Range Lengths { get; }

    /// <summary>Step 0 and up.</summary>
    public Range Positions { get; }

    /// <summary>1 step and up.</summary>
    public Range Durations { get; }

    /// <summary>The left hand's pitches from the lowest of the piano, then the right's.</summary>
    public Range Pitches { get; }

    /// <summary>The vocabulary that options and meters give.</summary>
    public static ImmutableArray<string> Texts(SheetOptions options, IEnumerable<Meter> meters) =>
    [
        "end", "fill", "resume", "hole", "hole left", "hole right",
        .. KnownMeters.Texts(meters, options.Grid.Steps, options.LongestSteps),
        .. options.Styles.Select(style => "style " + style.Name),
        .. Enumerable.Range(0, KeyCount).Select(key => Invariant($"key {KeyOf(key)}")),
        .. Count("density", 0, DensityCount),
        .. Count("last", 1, options.LastBars),
        .. Count("length", 1, options.LongestSteps),
        .. Count("position", 0, options.LongestSteps),
        .. Count("duration", 1, options.LongestSteps),
        .. Count("left", Note.LowestPianoPitch, PitchCount),
        .. Count("right", Note.LowestPianoPitch, PitchCount),
    ];

    public static Key KeyOf(int index) => new(index % 12, index >= 12);

    public static int IndexOf(Key key) => key.Tonic + (key.IsMinor ? 12 : 0);

    /// <summary>Notes a quarter note in half octaves: 1 is level 2, 2 is level 4, 4 is level 6.</summary>
    public static int DensityOf(double notesPerQuarter) =>
        (int)Math.Clamp(Math.Round((2 * Math.Log2(Math.Max(notesPerQuarter, 0.01))) + 2), 0, DensityCount - 1);

    private SheetToken Parse(int id)
    {
        if (id < 3) return new SheetToken(SheetTokenKind.End + id);
        (Range Range, SheetTokenKind Kind, int First)[] kinds =
        [
            (Holes, SheetTokenKind.Hole, 0), (Bars, SheetTokenKind.Bar, 0), (Styles, SheetTokenKind.Style, 0),
            (Keys, SheetTokenKind.Key, 0), (Densities, SheetTokenKind.Density, 0), (Lasts, SheetTokenKind.Last, 0),
            (Lengths, SheetTokenKind.Length, 1), (Positions, SheetTokenKind.Position, 0), (Durations, SheetTokenKind.Duration, 1),
        ];
        foreach (var (range, kind, first) in kinds)
        {
            if (id < range.End.Value) return new SheetToken(kind, id - range.Start.Value + first);
        }
        int key = id - Pitches.Start.Value;
        return new SheetToken(key < PitchCount ? SheetTokenKind.Left : SheetTokenKind.Right, (key % PitchCount) + Note.LowestPianoPitch);
    }

    private static IEnumerable<string> Count(string kind, int first, int count) =>
        Enumerable.Range(first, count).Select(number => Invariant($"{kind} {number}"));
}
