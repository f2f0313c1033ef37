using System.Globalization;
using System.Numerics;
using System.Text;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>
/// Writes a score as ABC: each voice as a row of chords, cut at every onset, end and bar line, and tied together again.
/// </summary>
/// <remarks>
/// ABC lengths are halvings of a whole note, or such a length in a tuplet: of 48 steps to the quarter note, three are a
/// sixty-fourth, and any other number of them is a note in the time of two thirds of it.
/// </remarks>
internal sealed class AbcWriter(Score score)
{
    private const int BarsPerLine = 4;
    private const int StepsPerQuarter = 48;
    private readonly BarMap _bars = new(score);
    private readonly GridMap _map = new(TimeGrid.PerQuarter(StepsPerQuarter), score);

    public string Write(string title)
    {
        Track[] voices = [.. score.Tracks.Where(track => !track.IsDrums && track.Notes.Length > 0)];
        Tick end = voices.Length == 0 ? Tick.Zero : new Tick(voices.Max(track => track.Notes.Max(note => note.End.Value)));
        Bar[] bars = [.. _bars.Until(end)];
        var text = new StringBuilder();
        text.Append("X:1\n");
        text.Append(CultureInfo.InvariantCulture, $"T:{title.ReplaceLineEndings(" ")}\n");
        text.Append(CultureInfo.InvariantCulture, $"M:{FirstFullMeter(bars)}\n");
        text.Append("L:1/8\n");
        text.Append(CultureInfo.InvariantCulture, $"Q:1/4={score.Tempos[0].QuartersPerMinute:0.###}\n");
        for (int i = 0; i < voices.Length; i++)
        {
            string clef = voices[i].Notes.Average(note => note.Pitch) < 60 ? "bass" : "treble";
            text.Append(CultureInfo.InvariantCulture, $"V:{i + 1} clef={clef} name=\"{voices[i].Name.Replace('"', '\'')}\"\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"K:{KeyAt(Tick.Zero)}\n");
        for (int i = 0; i < voices.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"V:{i + 1}\n");
            WriteVoice(text, voices[i], bars, isFirst: i == 0);
        }
        return text.ToString();
    }

    private void WriteVoice(StringBuilder text, Track track, Bar[] bars, bool isFirst)
    {
        Meter shown = FirstFullMeter(bars);
        AbcKey key = KeyAt(Tick.Zero);
        int tempo = 1;
        List<GridNote> notes = [.. track.Notes.Select(note => GridNotes.Place(note, _map))];
        GridNotes.Resolve(notes);
        foreach (var (i, bar) in bars.Index())
        {
            bool isUpbeat = i == 0 && _bars.HasPickUp;
            if (!isUpbeat && (bar.Meter.Numerator, bar.Meter.Denominator) != (shown.Numerator, shown.Denominator))
            {
                text.Append(CultureInfo.InvariantCulture, $"[M:{shown = bar.Meter}]");
            }
            if (KeyAt(bar.Onset) != key) text.Append(CultureInfo.InvariantCulture, $"[K:{key = KeyAt(bar.Onset)}]");
            // A tempo change inside a bar is written at the bar line that follows it.
            for (; isFirst && tempo < score.Tempos.Length && score.Tempos[tempo].Onset <= bar.Onset; tempo++)
            {
                text.Append(CultureInfo.InvariantCulture, $"[Q:1/4={score.Tempos[tempo].QuartersPerMinute:0.###}]");
            }
            WriteBar(text, notes, bar, key);
            text.Append(i == bars.Length - 1 ? "|]\n" : (i + 1) % BarsPerLine == 0 ? "|\n" : "| ");
        }
    }

    private void WriteBar(StringBuilder text, List<GridNote> notes, Bar bar, AbcKey key)
    {
        int start = _map.StepAt(bar.Onset), end = _map.StepAt(bar.End);
        var sounding = notes.Where(note => note.Onset < end && note.End > start).ToList();
        int[] cuts = [.. sounding.SelectMany(note => new[] { note.Onset, note.End })
            .Where(step => step > start && step < end).Append(start).Append(end).Distinct().Order()];
        Dictionary<char, int> accidentals = [];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            var chord = sounding.Where(note => note.Onset <= cuts[i] && note.End > cuts[i]).OrderBy(note => note.Pitch).ToList();
            int steps = cuts[i + 1] - cuts[i];
            bool isTuplet = steps % 3 != 0;
            string length = isTuplet ? Length(3 * steps, 2 * StepsPerQuarter) : Length(steps, StepsPerQuarter);
            if (isTuplet) text.Append("(3:2:1");
            var names = chord.Select(note => Name(note.Pitch, key, accidentals, IsByATie(note)) + (note.End > cuts[i + 1] ? "-" : "")).ToList();
            text.Append(names.Count switch
            {
                0 => "z" + length,
                1 when names[0].EndsWith('-') => names[0][..^1] + length + "-",
                1 => names[0] + length,
                _ => "[" + string.Concat(names) + "]" + length,
            }).Append(' ');

            // A note without a sign would read as the tied one of its letter.
            bool IsByATie(GridNote note) =>
                note.Onset == cuts[i] && chord.Exists(other => other.Onset < cuts[i] && Math.Abs(other.Pitch - note.Pitch) <= 2);
        }
    }

    /// <summary>A length in eighths as ABC writes it: "", "3", "/2", "3/2".</summary>
    private static string Length(int steps, int stepsPerQuarter)
    {
        int divisor = (int)BigInteger.GreatestCommonDivisor(2 * steps, stepsPerQuarter);
        int numerator = 2 * steps / divisor, denominator = stepsPerQuarter / divisor;
        return (numerator == 1 ? "" : numerator.ToString(CultureInfo.InvariantCulture))
            + (denominator == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{denominator}"));
    }

    /// <summary>The note with as few accidentals as the key allows, sharps in sharp keys and flats in flat ones.</summary>
    private static string Name(int pitch, AbcKey key, Dictionary<char, int> accidentals, bool withSign)
    {
        const string Letters = "CDEFGAB";
        int[] semitones = [0, 2, 4, 5, 7, 9, 11];
        int best = -1, bestCost = int.MaxValue, bestAccidental = 0;
        for (int letter = 0; letter < 7; letter++)
        {
            int accidental = (pitch - semitones[letter] + 18) % 12 - 6;
            if (Math.Abs(accidental) > 1) continue;
            int held = accidentals.GetValueOrDefault(Letters[letter], key.Accidental(Letters[letter]));
            int cost = held == accidental ? 0 : accidental == 0 ? 1 : accidental > 0 == key.Sharps >= 0 ? 2 : 3;
            if (cost < bestCost) (best, bestCost, bestAccidental) = (letter, cost, accidental);
        }
        char name = Letters[best];
        int octave = (pitch - bestAccidental - semitones[best]) / 12 - 5; // 0 is the octave of middle C
        string sign = bestCost == 0 && !withSign ? "" : bestAccidental switch { 1 => "^", -1 => "_", _ => "=" };
        if (bestCost > 0 || withSign) accidentals[name] = bestAccidental;
        return sign + (octave <= 0 ? name + new string(',', -octave) : char.ToLowerInvariant(name) + new string('\'', octave - 1));
    }

    private Meter FirstFullMeter(Bar[] bars) => bars.Length > 1 && _bars.HasPickUp ? bars[1].Meter : score.Meters[0];

    private AbcKey KeyAt(Tick tick)
    {
        AbcKey key = default;
        foreach (KeySignature signature in score.KeySignatures)
        {
            if (signature.Onset <= tick) key = new AbcKey(signature.Sharps, signature.IsMinor);
        }
        return key;
    }
}
