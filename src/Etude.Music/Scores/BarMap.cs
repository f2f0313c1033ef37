namespace Etude.Music.Scores;

/// <summary>The bars of a score, laid out by its time signatures; the last of these goes on for ever.</summary>
/// <remarks>
/// Each time signature begins a new bar, and so may cut the one before short. The first bar is a pick-up, number 0,
/// where it is cut short, or where a first meter holds for one bar only and a longer meter follows.
/// A bar has at least one tick, even where the resolution is too coarse for its meter.
/// </remarks>
public sealed class BarMap
{
    private readonly List<Stretch> stretches = [];
    private readonly Score score;

    /// <summary>Lays out the time signatures of a score.</summary>
    public BarMap(Score score)
    {
        this.score = score;
        int index = 0;
        for (int i = 0; i < score.Meters.Length; i++)
        {
            Meter meter = score.Meters[i];
            // The length of a bar in ticks may be a fraction, as of 3/8 at one tick to the quarter note.
            long ticks = 4L * meter.Numerator * score.TicksPerQuarter, parts = meter.Denominator;
            if (ticks < parts) ticks = parts;
            int end = i + 1 < score.Meters.Length ? score.Meters[i + 1].Onset.Value : int.MaxValue;
            var stretch = new Stretch(meter, end, index, ticks, parts);
            stretches.Add(stretch);
            if (i + 1 < score.Meters.Length) index += stretch.IndexAt(end - 1) + 1;
        }
        HasPickUp = stretches.Count > 1 && stretches[1].FirstIndex == 1
            && (stretches[0].BarAt(0).Duration.Value < stretches[0].FullTicks
                || stretches[0].Meter.BarQuarters < stretches[1].Meter.BarQuarters);
    }

    /// <summary>Whether the score begins with a pick-up: an incomplete bar, numbered 0.</summary>
    public bool HasPickUp { get; }

    /// <summary>The number of the first bar: 0 where there is a pick-up, else 1.</summary>
    public int FirstNumber => HasPickUp ? 0 : 1;

    /// <summary>The number of the bar in which the score ends; of an empty one the first.</summary>
    public int LastNumber => At(Tick.Max(Tick.Zero, score.End - new Tick(1))).Number;

    /// <summary>The bar of a given number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than <see cref="FirstNumber"/>.</exception>
    public Bar this[int number]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, FirstNumber);
            int index = number - FirstNumber;
            Stretch stretch = LastOf(candidate => candidate.FirstIndex <= index);
            return Numbered(stretch, index - stretch.FirstIndex);
        }
    }

    /// <summary>The bar that a tick lies in.</summary>
    public Bar At(Tick tick)
    {
        Stretch stretch = LastOf(candidate => candidate.Meter.Onset <= tick);
        return Numbered(stretch, stretch.IndexAt(tick.Value));
    }

    /// <summary>All bars that begin before a tick, in order; those of a whole score are <c>Until(score.End)</c>.</summary>
    public IEnumerable<Bar> Until(Tick end)
    {
        foreach (Stretch stretch in stretches)
        {
            for (int i = 0; ; i++)
            {
                Bar bar = Numbered(stretch, i);
                if (bar.Onset >= end) yield break;
                if (bar.Onset.Value >= stretch.End) break;
                yield return bar;
            }
        }
    }

    // The first stretch has every property that is asked for; those that have it come before those that do not.
    private Stretch LastOf(Predicate<Stretch> has)
    {
        int low = 0;
        for (int high = stretches.Count - 1; low < high;)
        {
            int middle = (low + high + 1) / 2;
            if (has(stretches[middle])) low = middle;
            else high = middle - 1;
        }
        return stretches[low];
    }

    private Bar Numbered(Stretch stretch, int bar) =>
        stretch.BarAt(bar) with { Number = FirstNumber + stretch.FirstIndex + bar };

    /// <summary>The bars of one meter: bar n begins at the first tick not before n times the exact length.</summary>
    private readonly record struct Stretch(Meter Meter, int End, int FirstIndex, long Ticks, long Parts)
    {
        public double FullTicks => (double)Ticks / Parts;

        public int IndexAt(int tick) => (int)((tick - Meter.Onset.Value) * Parts / Ticks);

        public Bar BarAt(int bar)
        {
            int onset = Start(bar);
            return new(bar, new(onset), new(Start(bar + 1) - onset), Meter);
        }

        private int Start(int bar) => (int)Math.Min(End, Meter.Onset.Value + (bar * Ticks + Parts - 1) / Parts);
    }
}
