namespace Etude.Music.Notation;

/// <summary>
/// Spells the rhythm of one voice in one bar: which note values, where a tie parts a long note so that the beats stay
/// visible, which tuplets, which beams.
/// </summary>
internal static class MusicXmlRhythm
{
    /// <summary>The bar from its first to its last moment; rests fill what no chord does.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="chords">The voice's chords that sound in the bar, in order, none over another.</param>
    /// <param name="grid">The divisions of the staff's beats.</param>
    public static List<MusicXmlSymbol> Spell(MusicXmlBar bar, List<MusicXmlChord> chords, MusicXmlGrid grid)
    {
        if (chords.Count == 0) return [new MusicXmlSymbol(bar.Onset, bar.Length, null, 4 * MusicXmlGrid.Quarter, false, null)];
        var spans = Spans(bar, chords);
        var tuplets = Tuplets(bar, spans, grid);
        List<MusicXmlSymbol> symbols = [];
        foreach (var (start, end, chord) in spans)
        {
            // A note that reaches into a tuplet or out of one is parted at its edge.
            List<int> cuts = [start, end];
            foreach (var tuplet in tuplets)
            {
                if (!IsInside(tuplet, start) && !IsInside(tuplet, end)) continue;
                if (tuplet.Start > start && tuplet.Start < end) cuts.Add(tuplet.Start);
                if (tuplet.End > start && tuplet.End < end) cuts.Add(tuplet.End);
            }
            cuts.Sort();
            for (int i = 1; i < cuts.Count; i++)
            {
                int from = cuts[i - 1], to = cuts[i];
                var tuplet = tuplets.Find(candidate => from >= candidate.Start && to <= candidate.End && to - from < candidate.End - candidate.Start);
                if (tuplet is not null) AddInTuplet(symbols, from, to, chord, tuplet);
                else AddStraight(symbols, bar, from, to, chord);
            }
        }
        Beam(bar, symbols);
        return symbols;
    }

    private static List<(int Start, int End, MusicXmlChord? Chord)> Spans(MusicXmlBar bar, List<MusicXmlChord> chords)
    {
        List<(int Start, int End, MusicXmlChord? Chord)> spans = [];
        int at = bar.Onset;
        foreach (var chord in chords)
        {
            int start = Math.Max(chord.Onset, bar.Onset), end = Math.Min(chord.End, bar.End);
            if (start > at) spans.Add((at, start, null));
            spans.Add((start, end, chord));
            at = end;
        }
        if (at < bar.End) spans.Add((at, bar.End, null));
        return spans;
    }

    // A beat is a tuplet for this voice only if the voice has a place in it that straight time cannot write.
    private static List<MusicXmlTuplet> Tuplets(MusicXmlBar bar, List<(int Start, int End, MusicXmlChord? Chord)> spans, MusicXmlGrid grid)
    {
        return [.. spans.Select(span => span.Start)
            .Where(place => (place - bar.Onset) % MusicXmlGrid.Shortest != 0)
            .Select(place => (Place: place, Window: grid.TupletAt(place)))
            .Where(found => found.Window is not null)
            .GroupBy(found => found.Window!.Value, found => found.Place)
            .Select(window => MusicXmlTuplet.Of(window.Key, window.Any(place => (place - window.Key.Start) * 3 % window.Key.Length != 0)))];
    }

    private static bool IsInside(MusicXmlTuplet tuplet, int place) => place > tuplet.Start && place < tuplet.End;

    private static void AddInTuplet(List<MusicXmlSymbol> symbols, int from, int to, MusicXmlChord? chord, MusicXmlTuplet tuplet)
    {
        while (from < to)
        {
            int written = (to - from) * tuplet.Actual / tuplet.Normal;
            int value = MusicXmlGrid.Shortest;
            while (value * 2 <= written) value *= 2;
            bool isDotted = value * 3 / 2 <= written && value > MusicXmlGrid.Shortest;
            int length = (isDotted ? value * 3 / 2 : value) * tuplet.Normal / tuplet.Actual;
            // What is left over lies below the shortest value: it goes with the last one.
            if (to - from - length < MusicXmlGrid.Shortest * tuplet.Normal / tuplet.Actual) length = to - from;
            symbols.Add(new MusicXmlSymbol(from, length, chord, value, isDotted, tuplet));
            from += length;
        }
    }

    private static void AddStraight(List<MusicXmlSymbol> symbols, MusicXmlBar bar, int from, int to, MusicXmlChord? chord)
    {
        int start = from - bar.Onset, end = to - bar.Onset;
        int edge = Math.Max(bar.Strength(start), bar.Strength(end)), strongest = int.MinValue, cut = 0;
        for (int place = (start / MusicXmlGrid.Shortest + 1) * MusicXmlGrid.Shortest; place < end; place += MusicXmlGrid.Shortest)
        {
            int strength = bar.Strength(place);
            // Among equals the one that leaves the longer piece on the stronger side.
            if (strength > strongest || (strength == strongest && bar.Strength(start) >= bar.Strength(end))) (strongest, cut) = (strength, place);
        }
        // A plain syncopation may hide a place one rank stronger than its own; a rest may hide none.
        bool isHidden = strongest - edge >= (chord is null ? 1 : 2);
        if (Value(end - start, allowDot: chord is not null || bar.IsCompound) is { } value && !isHidden)
        {
            symbols.Add(new MusicXmlSymbol(from, to - from, chord, value.Written, value.IsDotted, null));
        }
        else if (cut == 0)
        {
            // Shorter than any value; only a bar of odd length has such a place.
            symbols.Add(new MusicXmlSymbol(from, to - from, chord, MusicXmlGrid.Shortest, false, null));
        }
        else
        {
            AddStraight(symbols, bar, from, bar.Onset + cut, chord);
            AddStraight(symbols, bar, bar.Onset + cut, to, chord);
        }
    }

    private static (int Written, bool IsDotted)? Value(int length, bool allowDot)
    {
        int value = MusicXmlGrid.Shortest;
        while (value * 2 <= length && value < 8 * MusicXmlGrid.Quarter) value *= 2;
        if (value == length) return (value, false);
        return allowDot && value * 3 / 2 == length && value > MusicXmlGrid.Shortest ? (value, true) : null;
    }

    private static void Beam(MusicXmlBar bar, List<MusicXmlSymbol> symbols)
    {
        List<MusicXmlSymbol> run = [];
        int group = -1;
        foreach (var symbol in symbols)
        {
            int own = Group(symbol);
            if (own != group || symbol.Chord is null || symbol.Flags == 0) Close();
            group = own;
            if (symbol.Chord is not null && symbol.Flags > 0) run.Add(symbol);
        }
        Close();

        // Plain eighths go by half bars of four, everything else by beats.
        int Group(MusicXmlSymbol symbol)
        {
            int half = 2 * MusicXmlGrid.Quarter, place = symbol.Start - bar.Onset;
            bool hasHalves = bar.Meter is { Denominator: 4, Numerator: 2 or 4 } or { Denominator: 2 };
            if (hasHalves && symbols.All(other => (other.Start - bar.Onset) / half != place / half
                || (other.Chord is not null && other.Length == MusicXmlGrid.Quarter / 2))) return -2 - place / half;
            return place / bar.BeamGroup;
        }

        void Close()
        {
            if (run.Count > 1)
            {
                for (int i = 0; i < run.Count; i++)
                {
                    for (int beam = 1; beam <= run[i].Flags; beam++)
                    {
                        bool before = i > 0 && run[i - 1].Flags >= beam, after = i + 1 < run.Count && run[i + 1].Flags >= beam;
                        run[i].Beams.Add((before, after) switch
                        {
                            (true, true) => "continue",
                            (true, false) => "end",
                            (false, true) => "begin",
                            _ => i == 0 ? "forward hook" : "backward hook",
                        });
                    }
                }
            }
            run.Clear();
        }
    }
}
