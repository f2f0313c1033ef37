using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>Plays out the repeats of the voices and lays them over one another as a score.</summary>
internal static class AbcUnfolding
{
    private const int TicksPerQuarter = 480;
    private const long MostQuarters = 1_000_000;
    private const byte Velocity = 80;

    public static AbcReading ToReading(
        AbcParser parser, List<AbcVoice> voices, Tempo? tempo, AbcKey key, List<string> texts, List<string> remarks)
    {
        List<List<AbcMeasure>> played = [.. voices.Select(voice => Play(voice.Measures))];
        var lengths = played.Select(measures => measures.Sum(measure => measure.Length)).ToList();
        if (lengths.Exists(length => length > MostQuarters * AbcMeasure.Quarter)) throw parser.Fault(1, 1, "the tune lasts longer than a million quarter notes");
        foreach (var (i, measures) in played.Index())
        {
            RemarkOddBars(parser, Bars(measures));
            if (lengths[i] != lengths.Max() && measures.Count > 0)
            {
                var (line, column) = voices[i].Measures[^1].Place;
                parser.Remark(line, column, FormattableString.Invariant(
                    $"voice {voices[i].Id} lasts {Quarters(lengths[i])} quarter notes, another {Quarters(lengths.Max())}"));
            }
        }
        List<AbcMeasure> first = played.MaxBy(measures => measures.Sum(measure => measure.Length)) ?? [];
        var score = new Score
        {
            TicksPerQuarter = TicksPerQuarter,
            Texts = [.. texts],
            Tracks = [.. voices.Select((voice, i) => new Track { Name = voice.Name, Notes = NotesOf(played[i]) })],
            Meters = MetersOf(Bars(first)),
            Tempos = TemposOf(played, tempo ?? Tempo.Default),
            KeySignatures = KeysOf(first, key),
        };
        return new AbcReading(score, [.. remarks]);
    }

    /// <summary>The measures in the order in which they are played.</summary>
    private static List<AbcMeasure> Play(List<AbcMeasure> measures)
    {
        List<AbcMeasure> played = [];
        int start = 0, pass = 1;
        for (int i = 0; i < measures.Count; i++)
        {
            AbcMeasure measure = measures[i];
            // After the last ending, and at a new repeat, the times through are counted anew.
            bool leavesEndings = i > 0 && measures[i - 1].Endings.Count > 0 && measure.Endings.Count == 0;
            if (i != start && (measure.StartsRepeat || leavesEndings)) (start, pass) = (i, 1);
            if (measure.Endings.Count > 0 && !measure.Endings.Contains(pass)) continue;
            played.Add(measure);
            if (!measure.EndsRepeat) continue;
            if (measure.Endings.Count == 0 ? pass < 2 : HasEnding(pass + 1))
            {
                pass++;
                i = start - 1;
            }
            else (start, pass) = (i + 1, 1);
        }
        return played;

        bool HasEnding(int number)
        {
            for (int i = start, seen = 0; i < measures.Count && (seen == 0 || measures[i].Endings.Count > 0); i++)
            {
                seen += measures[i].Endings.Count;
                if (measures[i].Endings.Contains(number)) return true;
            }
            return false;
        }
    }

    private static ImmutableArray<Note> NotesOf(List<AbcMeasure> measures)
    {
        List<(long Onset, long End, int Pitch)> notes = [];
        Dictionary<int, int> tied = []; // pitch to the note that the next event may prolong
        long now = 0;
        foreach (AbcMeasure.Event played in measures.SelectMany(measure => measure.Events))
        {
            Dictionary<int, int> next = [];
            foreach (var (pitch, isTied) in played.Pitches)
            {
                if (!tied.TryGetValue(pitch, out int note))
                {
                    note = notes.Count;
                    notes.Add((now, now, pitch));
                }
                notes[note] = notes[note] with { End = now + played.Length };
                if (isTied) next[pitch] = note;
            }
            tied = next;
            now += played.Length;
        }
        return
        [
            .. notes.Select(note => new Note(
                Ticks(note.Onset), Tick.Max(Ticks(note.End) - Ticks(note.Onset), new Tick(1)), (byte)note.Pitch, Velocity)).Order(),
        ];
    }

    /// <summary>The bars as they are heard: a bar that a repeat splits in two is one.</summary>
    private static List<Bar> Bars(List<AbcMeasure> measures)
    {
        List<Bar> bars = [];
        foreach (AbcMeasure measure in measures)
        {
            var bar = new Bar(measure.Length, measure.Meter, measure.Place);
            if (bars.Count > 0 && bars[^1].Meter == bar.Meter && bars[^1].Length < bars[^1].Full && bars[^1].Length + bar.Length == bar.Full)
            {
                bars[^1] = bar with { Length = bar.Full!.Value };
            }
            else bars.Add(bar);
        }
        return bars;
    }

    private static void RemarkOddBars(AbcParser parser, List<Bar> bars)
    {
        foreach (var (i, bar) in bars.Index().DistinctBy(bar => (bar.Item.Place, bar.Item.Length)))
        {
            bool mayBeShort = i == 0 || i == bars.Count - 1; // an upbeat, and the bar that it completes
            if (bar.Full is not long full || bar.Length == full || (mayBeShort && bar.Length < full)) continue;
            parser.Remark(bar.Place.Line, bar.Place.Column, FormattableString.Invariant(
                $"the bar that ends here lasts {Quarters(bar.Length)} quarter notes, in {bar.Meter} it should be {Quarters(full)}"));
        }
    }

    /// <summary>The meters as a score has them: an upbeat, and any other bar of another length, gets a meter of its own.</summary>
    private static ImmutableArray<Meter> MetersOf(List<Bar> bars)
    {
        List<Meter> meters = [];
        long now = 0;
        foreach (var (i, bar) in bars.Index())
        {
            Meter written = bar.Meter ?? Meter.Default;
            Meter meter = bar.Length == bar.Full || i == bars.Count - 1 || bar.Full is null ? written : OfLength(bar.Length, written);
            meter = meter with { Onset = Ticks(now) };
            if (meters.Count == 0 || meters[^1] with { Onset = meter.Onset } != meter) meters.Add(meter);
            now += bar.Length;
        }
        return meters.Count == 0 ? [Meter.Default] : [.. meters];
    }

    private static Meter OfLength(long length, Meter written)
    {
        for (int denominator = written.Denominator; denominator <= 64; denominator *= 2)
        {
            long units = length * denominator;
            if (units % (4 * AbcMeasure.Quarter) == 0 && units / (4 * AbcMeasure.Quarter) is > 0 and <= 255 and long numerator)
            {
                return new Meter(default, (int)numerator, denominator);
            }
        }
        return written;
    }

    private static ImmutableArray<Tempo> TemposOf(List<List<AbcMeasure>> played, Tempo first)
    {
        SortedDictionary<int, Tempo> tempos = new() { [0] = first };
        foreach (List<AbcMeasure> measures in played)
        {
            long now = 0;
            foreach (AbcMeasure measure in measures)
            {
                foreach (var (offset, tempo) in measure.Tempos) tempos[Ticks(now + offset).Value] = tempo with { Onset = Ticks(now + offset) };
                now += measure.Length;
            }
        }
        return [.. tempos.Values];
    }

    private static ImmutableArray<KeySignature> KeysOf(List<AbcMeasure> measures, AbcKey first)
    {
        List<KeySignature> keys = [new(Tick.Zero, first.Sharps, first.IsMinor)];
        long now = 0;
        foreach (AbcMeasure measure in measures)
        {
            foreach (var (offset, key) in measure.Keys)
            {
                var signature = new KeySignature(Ticks(now + offset), key.Sharps, key.IsMinor);
                if (keys[^1].Onset == signature.Onset) keys[^1] = signature;
                else if (keys[^1] with { Onset = signature.Onset } != signature) keys.Add(signature);
            }
            now += measure.Length;
        }
        return [.. keys];
    }

    private static Tick Ticks(long units) =>
        new((int)((units * TicksPerQuarter + AbcMeasure.Quarter / 2) / AbcMeasure.Quarter));

    private static double Quarters(long units) => Math.Round(units / (double)AbcMeasure.Quarter, 4);

    private readonly record struct Bar(long Length, Meter? Meter, (int Line, int Column) Place)
    {
        /// <summary>What the meter asks for.</summary>
        public long? Full => Meter is Meter meter ? 4L * AbcMeasure.Quarter * meter.Numerator / meter.Denominator : null;
    }
}
