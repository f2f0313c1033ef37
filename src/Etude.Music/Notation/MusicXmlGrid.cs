namespace Etude.Music.Notation;

/// <summary>
/// Puts the notes of one staff on a grid that can be written: each beat gets the coarsest division, straight or
/// tuplet, that its onsets fit.
/// </summary>
internal sealed class MusicXmlGrid
{
    /// <summary>Units to the quarter note: 64ths, triplets of them, quintuplets and septuplets are whole numbers.</summary>
    public const int Quarter = 1680;

    /// <summary>The shortest straight note value, a 64th.</summary>
    public const int Shortest = Quarter / 16;

    // How much better than its rivals a finer division must fit. The cost of an onset is the square of its distance in
    // units of a twenty-fifth of a quarter note.
    private const double Tolerance = Quarter / 25.0;

    // For 1, 2, 4 ... notes to the quarter note, and for so many to the beat.
    private static readonly double[] StraightPrices = [0, 0.2, 0.6, 3, 7];
    private static readonly (int Parts, double Price)[] TupletPrices = [(3, 1.5), (6, 3.5), (5, 5.5), (12, 6), (7, 7)];

    private readonly List<MusicXmlBar> bars;
    private readonly Dictionary<int, Window> windows = [];

    /// <summary>Chooses the divisions from where the notes begin.</summary>
    public MusicXmlGrid(List<MusicXmlBar> bars, List<MusicXmlNote> notes)
    {
        this.bars = bars;
        int next = 0;
        foreach (var bar in bars)
        {
            int first = next;
            while (next < notes.Count && notes[next].Onset < bar.End) next++;
            if (next > first) Divide(bar, notes[first..next]);
        }
    }

    /// <summary>The notes with onset and end on the grid, in order; each lasts at least one step.</summary>
    public List<MusicXmlNote> Snap(List<MusicXmlNote> notes)
    {
        var result = new List<MusicXmlNote>(notes.Count);
        foreach (var key in notes.GroupBy(note => note.Pitch))
        {
            int previous = -1, previousPlayed = -1;
            foreach (var note in key.OrderBy(note => note.Onset))
            {
                int onset = SnapOnset(note.Onset), end = SnapEnd(note.End);
                // A key struck twice between two points of the grid keeps both strokes, a step apart.
                if (onset <= previous && note.Onset > previousPlayed)
                {
                    int earlier = previous - StepBefore(previous);
                    bool isFirstLate = previousPlayed < previous && !result.Exists(other => other.Pitch == note.Pitch && other.Onset == earlier);
                    if (isFirstLate && earlier >= 0) result[^1] = result[^1] with { Onset = earlier, End = previous };
                    else onset = previous + StepAfter(previous);
                }
                if (end <= onset) end = Math.Max(SnapEnd(onset + ShortestAt(onset)), onset + StepAfter(onset));
                result.Add(note with { Onset = onset, End = end });
                (previous, previousPlayed) = (onset, note.Onset);
            }
        }
        result.Sort((a, b) => (a.Onset, a.Pitch, a.End).CompareTo((b.Onset, b.Pitch, b.End)));
        return result;
    }

    /// <summary>Where a note that begins at a place is written.</summary>
    public int SnapOnset(int place) => At(place).Nearest(place);

    /// <summary>The tuplet that a place lies in; null in straight time.</summary>
    public Window? TupletAt(int place) => At(place) is { IsTuplet: true } window ? window : null;

    private int StepBefore(int place) => At(Math.Max(0, place - 1)) is { IsTuplet: true } window ? window.Step : Shortest;

    private int StepAfter(int place) => At(place) is { IsTuplet: true } window ? window.Step : Shortest;

    // What is too short to be measured gets a step of its beat, at most a sixteenth.
    private int ShortestAt(int place) => At(place) is { IsTuplet: false } window ? Math.Min(window.Step, Quarter / 4) : StepAfter(place);

    // An end says less than an onset: it goes to a sixteenth unless the beat is divided otherwise.
    private int SnapEnd(int end)
    {
        var window = At(end);
        if (window.IsTuplet) return window.Nearest(end);
        int step = Math.Min(window.Step, Quarter / 4);
        return Math.Min(window.End, window.Start + (end - window.Start + step / 2) / step * step);
    }

    private Window At(int place)
    {
        var bar = bars[MusicXmlBar.IndexAt(bars, place)];
        int beat = bar.Onset + (place - bar.Onset) / bar.Beat * bar.Beat;
        if (windows.TryGetValue(beat, out var window)) return window;
        if (windows.TryGetValue(beat - bar.Beat, out window) && window.Start + window.Length > place) return window;
        return new Window(beat, Math.Min(bar.Beat, bar.End - beat), 1);
    }

    private void Divide(MusicXmlBar bar, List<MusicXmlNote> notes)
    {
        for (int beat = bar.Onset; beat < bar.End; beat += bar.Beat)
        {
            int length = Math.Min(bar.Beat, bar.End - beat);
            var inside = notes.Where(note => note.Onset >= beat && note.Onset < beat + length).ToList();
            bool isPair = bar.Beat == Quarter && (beat - bar.Onset) % (2 * bar.Beat) == 0 && beat + 2 * bar.Beat <= bar.End;
            if (isPair)
            {
                var pair = notes.Where(note => note.Onset >= beat && note.Onset < beat + 2 * length).ToList();
                if (IsWideTriplet(pair, beat))
                {
                    windows[beat] = new Window(beat, 2 * length, 3);
                    beat += bar.Beat;
                    continue;
                }
            }
            if (inside.Count == 0) continue;
            List<(Window Window, double Price)> candidates = [];
            for (int parts = 1; length % (parts * Shortest) == 0; parts *= 2)
                candidates.Add((new Window(beat, length, parts), StraightPrices[Math.Max(0, (int)Math.Log2((double)parts * Quarter / length))]));
            // A beat cut short by the bar's end has no tuplets.
            if (length == bar.Beat)
                candidates.AddRange(TupletPrices.Select(tuplet => (new Window(beat, length, tuplet.Parts), tuplet.Price)).Where(tuplet => tuplet.Item1.IsWritable));
            if (candidates.Count > 0) windows[beat] = candidates.MinBy(candidate => candidate.Price + candidate.Window.Cost(inside)).Window;
        }
    }

    // Three in the time of two beats, played well.
    private static bool IsWideTriplet(List<MusicXmlNote> pair, int start)
    {
        var window = new Window(start, 2 * Quarter, 3);
        return pair.Any(note => window.Nearest(note.Onset) != start && window.Nearest(note.Onset) != start + 2 * Quarter)
            && pair.All(note => Math.Abs(window.Nearest(note.Onset) - note.Onset) < Tolerance);
    }

    /// <summary>A beat, or two, divided into equal parts.</summary>
    public readonly record struct Window(int Start, int Length, int Parts)
    {
        public bool IsTuplet => !int.IsPow2(Parts);

        public int Step => Length / Parts;

        public int End => Start + Length;

        // The step must be a note value on paper, where n notes stand for the power of two at or below n.
        public bool IsWritable => Length % Parts == 0 && Length % ((1 << (int)Math.Log2(Parts)) * Shortest) == 0;

        public int Nearest(int place) => Start + (int)Math.Round((double)(place - Start) / Step, MidpointRounding.AwayFromZero) * Step;

        public double Cost(List<MusicXmlNote> notes)
        {
            double cost = 0;
            for (int i = 0; i < notes.Count; i++)
            {
                int onset = Nearest(notes[i].Onset);
                double error = (onset - notes[i].Onset) / Tolerance;
                cost += error * error;
                // A repeated note, or one well after another, must not fall on it.
                for (int j = i - 1; j >= 0 && Nearest(notes[j].Onset) == onset; j--)
                {
                    if (notes[i].Pitch == notes[j].Pitch) cost += 30;
                    else if (notes[i].Onset - notes[j].Onset > Quarter / 12) cost += 1;
                }
            }
            return cost;
        }
    }
}
