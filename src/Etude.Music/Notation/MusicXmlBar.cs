using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>A bar on paper and how its time is organized.</summary>
internal sealed record MusicXmlBar(int Number, int Onset, int End, Meter Meter)
{
    private const int MaximumBars = 20_000;

    public int Length => End - Onset;

    /// <summary>What a full bar of this meter lasts.</summary>
    public int FullLength => 4 * MusicXmlGrid.Quarter / Meter.Denominator * Meter.Numerator;

    /// <summary>Whether beats have three parts: 6/8, 9/8, 12/8 and their like.</summary>
    public bool IsCompound => Meter.Numerator % 3 == 0 && Meter.Numerator > 3 && Meter.Denominator >= 8;

    /// <summary>What is divided into two, three, four ...: the quarter note, or the written unit where that is shorter.</summary>
    public int Beat => Math.Min(MusicXmlGrid.Quarter, 4 * MusicXmlGrid.Quarter / Meter.Denominator);

    /// <summary>What one beam holds together.</summary>
    public int BeamGroup => IsCompound || Meter is { Numerator: 3, Denominator: >= 8 }
        ? 3 * (4 * MusicXmlGrid.Quarter / Meter.Denominator)
        : MusicXmlGrid.Quarter;

    /// <summary>
    /// The rank of a place, counted from the bar's start: 4 the bar line, 3 the middle of a bar of four (or of six
    /// eighths), 2 a beat, 1 its parts, then one less for each halving.
    /// </summary>
    public int Strength(int place)
    {
        if (place == 0 || place == Length) return 4;
        int unit = 4 * MusicXmlGrid.Quarter / Meter.Denominator;
        if (IsCompound)
        {
            int group = 3 * unit, groups = Meter.Numerator / 3;
            if (groups % 2 == 0 && place == group * groups / 2) return 3;
            if (place % group == 0) return 2;
        }
        else
        {
            if (Meter.Numerator == 4 && place == 2 * unit) return 3;
            if (Meter.Numerator == 2 && unit > MusicXmlGrid.Quarter && place == unit) return 3;
            int beat = Math.Min(unit, MusicXmlGrid.Quarter);
            if (place % beat == 0) return 2;
            unit = beat / 2;
        }
        for (int strength = 1; ; strength--, unit /= 2)
        {
            if (unit <= MusicXmlGrid.Shortest || place % unit == 0) return strength;
        }
    }

    /// <summary>The bars that hold all notes up to <paramref name="end"/>; at least one. Meters begin on a 64th.</summary>
    public static List<MusicXmlBar> All(Score score, int end)
    {
        var meters = Score.LastOfEach(score.Meters.Select(meter => meter with { Onset = new(Rounded(meter.Onset.Value)) }), meter => meter.Onset);
        var bars = new BarMap(score with { Meters = meters }).Until(new(Math.Max(end, 1))).Take(MaximumBars + 1).ToList();
        if (bars.Count > MaximumBars)
            throw new ArgumentException($"The score has more than {MaximumBars} bars, too many for paper; cut it into pieces.", nameof(score));
        return [.. bars.Select(bar => new MusicXmlBar(bar.Number, bar.Onset.Value, bar.End.Value, bar.Meter))];
    }

    /// <summary>The number in the list of the bar that a place lies in; the last one for what comes after.</summary>
    public static int IndexAt(List<MusicXmlBar> bars, int place)
    {
        int low = 0, high = bars.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (bars[middle].Onset <= place) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private static int Rounded(int place) => (place + MusicXmlGrid.Shortest / 2) / MusicXmlGrid.Shortest * MusicXmlGrid.Shortest;
}
