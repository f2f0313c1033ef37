using System.Globalization;
using System.Text;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>Writes a score as ABC: each voice as a row of chords, cut at every onset, end and bar line, and tied together again.</summary>
internal sealed class AbcWriter(Score score)
{
    private const int BarsPerLine = 4;
    private readonly BarMap _bars = new(score);

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
            WriteBar(text, track, bar, key);
            text.Append(i == bars.Length - 1 ? "|]\n" : (i + 1) % BarsPerLine == 0 ? "|\n" : "| ");
        }
    }

    private void WriteBar(StringBuilder text, Track track, Bar bar, AbcKey key)
    {
        var sounding = track.Notes.Where(note => note.Onset < bar.End && note.End > bar.Onset).ToList();
        int[] cuts = [.. sounding.SelectMany(note => new[] { note.Onset.Value, note.End.Value })
            .Where(tick => tick > bar.Onset.Value && tick < bar.End.Value)
            .Append(bar.Onset.Value).Append(bar.End.Value).Distinct().Order()];
        Dictionary<char, int> accidentals = [];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            var chord = sounding.Where(note => note.Onset.Value <= cuts[i] && note.End.Value > cuts[i]).OrderBy(note => note.Pitch).ToList();
            string length = Length(cuts[i + 1] - cuts[i]);
            var names = chord.DistinctBy(note => note.Pitch)
                .Select(note => Name(note.Pitch, key, accidentals) + (note.End.Value > cuts[i + 1] ? "-" : "")).ToList();
            text.Append(names.Count switch
            {
                0 => "z" + length,
                1 when names[0].EndsWith('-') => names[0][..^1] + length + "-",
                1 => names[0] + length,
                _ => "[" + string.Concat(names) + "]" + length,
            }).Append(' ');
        }
    }

    /// <summary>A length in eighths as ABC writes it: "", "3", "/2", "3/2".</summary>
    private string Length(int ticks)
    {
        long numerator = 2L * ticks, denominator = score.TicksPerQuarter;
        for (long a = numerator, b = denominator; ;)
        {
            if (b == 0)
            {
                (numerator, denominator) = (numerator / a, denominator / a);
                break;
            }
            (a, b) = (b, a % b);
        }
        return (numerator == 1 ? "" : numerator.ToString(CultureInfo.InvariantCulture))
            + (denominator == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"/{denominator}"));
    }

    /// <summary>The note with as few accidentals as the key allows, sharps in sharp keys and flats in flat ones.</summary>
    private static string Name(int pitch, AbcKey key, Dictionary<char, int> accidentals)
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
        string sign = bestCost == 0 ? "" : bestAccidental switch { 1 => "^", -1 => "_", _ => "=" };
        if (bestCost > 0) accidentals[name] = bestAccidental;
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
