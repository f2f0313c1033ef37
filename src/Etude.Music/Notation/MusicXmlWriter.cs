using System.Globalization;
using System.Xml;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>Writes a piece that is laid out as MusicXML elements, bar by bar.</summary>
internal sealed class MusicXmlWriter(XmlWriter xml, MusicXmlPiece piece, MusicXmlOptions options)
{
    // A change of tempo smaller than this is played but not printed.
    private const double PrintedChange = 1.12, PlayedChange = 1.02;

    private static readonly string[] TypeNames = ["64th", "32nd", "16th", "eighth", "quarter", "half", "whole", "breve"];

    private readonly TempoMap tempoMap = new(piece.Score);
    private double printedTempo, playedTempo;

    public void Write()
    {
        xml.WriteStartElement("score-partwise");
        xml.WriteAttributeString("version", "4.0");
        if (options.Title is not null) Within("work", () => Element("work-title", options.Title));
        Within("identification", () =>
        {
            if (options.Composer is not null) Element("creator", options.Composer, ("type", "composer"));
            Within("encoding", () => Element("software", "Etude"));
        });
        Within("part-list", () => Within("score-part", () =>
        {
            Element("part-name", "Piano");
            Within("score-instrument", () => Element("instrument-name", "Piano"), ("id", "P1-I1"));
            Within("midi-instrument", () =>
            {
                Element("midi-channel", "1");
                Element("midi-program", "1");
            }, ("id", "P1-I1"));
        }, ("id", "P1")));
        Within("part", () =>
        {
            var chords = piece.Staves.Select(staff => Voices(staff.Chords)).ToList();
            for (int i = 0; i < piece.Bars.Count; i++) WriteBar(i, chords);
        }, ("id", "P1"));
        xml.WriteEndElement();
    }

    // For each voice its chords by bar, a chord in every bar that it reaches.
    private List<MusicXmlChord>[][] Voices(List<MusicXmlChord> chords)
    {
        List<MusicXmlChord>[][] result = [[.. piece.Bars.Select(_ => new List<MusicXmlChord>())], [.. piece.Bars.Select(_ => new List<MusicXmlChord>())]];
        foreach (var chord in chords)
        {
            for (int i = MusicXmlBar.IndexAt(piece.Bars, chord.Onset); i < piece.Bars.Count && piece.Bars[i].Onset < chord.End; i++)
                result[chord.Voice - 1][i].Add(chord);
        }
        return result;
    }

    private void WriteBar(int index, List<List<MusicXmlChord>[][]> voices)
    {
        var bar = piece.Bars[index];
        xml.WriteStartElement("measure");
        xml.WriteAttributeString("number", Text(bar.Number));
        if (bar.Length != bar.FullLength) xml.WriteAttributeString("implicit", "yes");
        WriteAttributes(index);
        WriteTempo(index);
        if (options.ShowPedal) WritePedals(bar);
        for (int staff = 0; staff < 2; staff++)
        {
            bool hasTwo = voices[staff][1][index].Count > 0;
            var symbols = new List<MusicXmlSymbol>[hasTwo ? 2 : 1];
            for (int voice = 0; voice < symbols.Length; voice++)
                symbols[voice] = MusicXmlRhythm.Spell(bar, voices[staff][voice][index], piece.Staves[staff].Grid);
            var names = Names(index, staff, symbols);
            for (int voice = 0; voice < symbols.Length; voice++)
            {
                if (staff + voice > 0) Within("backup", () => Element("duration", Text(bar.Length)));
                foreach (var symbol in symbols[voice]) WriteSymbol(bar, symbol, staff, voice, hasTwo, names);
            }
        }
        if (index == piece.Bars.Count - 1) Within("barline", () => Element("bar-style", "light-heavy"), ("location", "right"));
        xml.WriteEndElement();
    }

    private void WriteAttributes(int index)
    {
        bool isFirst = index == 0;
        bool newKey = isFirst || piece.Keys[index] != piece.Keys[index - 1];
        bool newMeter = isFirst || piece.Bars[index].Meter.ToString() != piece.Bars[index - 1].Meter.ToString();
        bool[] newClef = [.. piece.Staves.Select(staff => isFirst || staff.IsTreble[index] != staff.IsTreble[index - 1])];
        if (!newKey && !newMeter && !newClef.Contains(true)) return;
        Within("attributes", () =>
        {
            if (isFirst) Element("divisions", Text(MusicXmlGrid.Quarter));
            if (newKey)
            {
                Within("key", () =>
                {
                    Element("fifths", Text(piece.Keys[index].Sharps));
                    Element("mode", piece.Keys[index].IsMinor ? "minor" : "major");
                });
            }
            if (newMeter)
            {
                Within("time", () =>
                {
                    Element("beats", Text(piece.Bars[index].Meter.Numerator));
                    Element("beat-type", Text(piece.Bars[index].Meter.Denominator));
                });
            }
            if (isFirst) Element("staves", "2");
            for (int staff = 0; staff < 2; staff++)
            {
                if (!newClef[staff]) continue;
                bool isTreble = piece.Staves[staff].IsTreble[index];
                Within("clef", () =>
                {
                    Element("sign", isTreble ? "G" : "F");
                    Element("line", isTreble ? "2" : "4");
                }, ("number", Text(staff + 1)));
            }
        });
    }

    // The mean tempo of the bar, so that a played rubato is followed without a mark for each of its steps.
    private void WriteTempo(int index)
    {
        var bar = piece.Bars[index];
        double seconds = (tempoMap.ToSeconds(new(bar.End)) - tempoMap.ToSeconds(new(bar.Onset))).Value;
        double tempo = 60.0 * bar.Length / MusicXmlGrid.Quarter / seconds;
        if (!IsChange(playedTempo, PlayedChange)) return;
        playedTempo = tempo;
        if (!IsChange(printedTempo, PrintedChange))
        {
            Sound();
            return;
        }
        printedTempo = tempo;
        Within("direction", () =>
        {
            Within("direction-type", () => Within("metronome", () =>
            {
                Element("beat-unit", "quarter");
                if (bar.IsCompound) Element("beat-unit-dot", null);
                Element("per-minute", Text((int)Math.Round(bar.IsCompound ? tempo / 1.5 : tempo)));
            }));
            Element("staff", "1");
            Sound();
        }, ("placement", "above"));

        void Sound() => Element("sound", null, ("tempo", tempo.ToString("0.##", CultureInfo.InvariantCulture)));

        bool IsChange(double last, double ratio) => last == 0 || tempo > last * ratio || tempo < last / ratio;
    }

    private void WritePedals(MusicXmlBar bar)
    {
        foreach (var pedal in piece.Score.Tracks.Where(track => !track.IsDrums).SelectMany(track => track.Pedals))
        {
            Mark(pedal.Onset.Value, "start");
            Mark(pedal.End.Value, "stop");
        }

        void Mark(int place, string type)
        {
            if (place < bar.Onset || place >= bar.End) return;
            Within("direction", () =>
            {
                Within("direction-type", () => Element("pedal", null, ("type", type), ("line", "no"), ("sign", "yes")));
                Element("offset", Text((place - bar.Onset) / MusicXmlGrid.Shortest * MusicXmlGrid.Shortest));
                Element("staff", "2");
            }, ("placement", "below"));
        }
    }

    // The written name of each note, and the accidental printed before it (null for none): an accidental holds for its
    // step and octave to the bar line, over both voices, and a tie carries it on.
    private Dictionary<(MusicXmlSymbol Symbol, byte Pitch), (MusicXmlSpelling.Name Name, string? Accidental)> Names(
        int index, int staff, List<MusicXmlSymbol>[] symbols)
    {
        var result = new Dictionary<(MusicXmlSymbol, byte), (MusicXmlSpelling.Name, string?)>();
        var holding = new Dictionary<(char, int), int>();
        foreach (var symbol in symbols.SelectMany(voice => voice).Where(symbol => symbol.Chord is not null).OrderBy(symbol => symbol.Start))
        {
            // The key where the note began names it, so that a tie joins equal names.
            var (sharps, isMinor) = piece.Keys[MusicXmlBar.IndexAt(piece.Bars, symbol.Chord!.Onset)];
            foreach (byte pitch in symbol.Chord.Pitches)
            {
                var name = MusicXmlSpelling.Of(pitch, sharps, isMinor, GoesTo(staff, symbol.Chord, pitch));
                int inForce = holding.GetValueOrDefault((name.Step, name.Octave), MusicXmlSpelling.InSignature(name.Step, piece.Keys[index].Sharps));
                bool isPrinted = name.Alter != inForce && !symbol.IsTiedFromBefore;
                if (isPrinted) holding[(name.Step, name.Octave)] = name.Alter;
                result[(symbol, pitch)] = (name, isPrinted ? AccidentalName(name.Alter) : null);
            }
        }
        return result;
    }

    // Whether the next chord of the staff that is another takes a note up or down by a semitone.
    private int GoesTo(int staff, MusicXmlChord chord, byte pitch)
    {
        var chords = piece.Staves[staff].Chords;
        int at = chords.BinarySearch(chord, Comparer<MusicXmlChord>.Create((a, b) => a.Onset.CompareTo(b.Onset)));
        int end = chord.End;
        for (; at < chords.Count && (chords[at].Onset <= chord.Onset || chords[at].Pitches.Contains(pitch)); at++)
            if (chords[at].Pitches.Contains(pitch)) end = chords[at].End;
        if (at == chords.Count || chords[at].Onset > end + MusicXmlGrid.Quarter) return 0;
        int onset = chords[at].Onset;
        bool up = false, down = false;
        for (; at < chords.Count && chords[at].Onset == onset; at++)
        {
            up |= chords[at].Pitches.Contains((byte)(pitch + 1));
            down |= chords[at].Pitches.Contains((byte)(pitch - 1));
        }
        return up == down ? 0 : up ? 1 : -1;
    }

    private void WriteSymbol(MusicXmlBar bar, MusicXmlSymbol symbol, int staff, int voice, bool hasTwo,
        Dictionary<(MusicXmlSymbol Symbol, byte Pitch), (MusicXmlSpelling.Name Name, string? Accidental)> names)
    {
        if (symbol.Chord is null)
        {
            // The lower voice is silent without rests, except inside a tuplet, which must be whole.
            if (voice == 1 && symbol.Tuplet is null)
            {
                Within("forward", () =>
                {
                    Element("duration", Text(symbol.Length));
                    Element("voice", VoiceNumber(staff, voice));
                    Element("staff", Text(staff + 1));
                });
                return;
            }
            bool isWholeBar = symbol.Length == bar.Length;
            WriteNote(symbol, staff, voice, hasTwo, false,
                () => Element("rest", null, isWholeBar ? [("measure", "yes")] : []), null, isWholeBar);
            return;
        }
        bool isFirst = true;
        foreach (byte pitch in symbol.Chord.Pitches)
        {
            var (name, accidental) = names[(symbol, pitch)];
            WriteNote(symbol, staff, voice, hasTwo, !isFirst, () => Within("pitch", () =>
            {
                Element("step", name.Step.ToString());
                if (name.Alter != 0) Element("alter", Text(name.Alter));
                Element("octave", Text(name.Octave));
            }), accidental, isWholeBar: false);
            isFirst = false;
        }
    }

    // The order of the elements is the schema's.
    private void WriteNote(MusicXmlSymbol symbol, int staff, int voice, bool hasTwo, bool isInChord, Action pitch, string? accidental, bool isWholeBar)
    {
        Within("note", () =>
        {
            if (isInChord) Element("chord", null);
            pitch();
            Element("duration", Text(symbol.Length));
            if (symbol.IsTiedFromBefore) Element("tie", null, ("type", "stop"));
            if (symbol.IsTiedOn) Element("tie", null, ("type", "start"));
            Element("voice", VoiceNumber(staff, voice));
            if (!isWholeBar) Element("type", TypeName(symbol.Written));
            if (symbol.IsDotted && !isWholeBar) Element("dot", null);
            if (accidental is not null) Element("accidental", accidental);
            if (symbol.Tuplet is { } tuplet)
            {
                Within("time-modification", () =>
                {
                    Element("actual-notes", Text(tuplet.Actual));
                    Element("normal-notes", Text(tuplet.Normal));
                    Element("normal-type", TypeName(tuplet.Unit));
                });
            }
            if (hasTwo && symbol.Chord is not null) Element("stem", voice == 0 ? "up" : "down");
            Element("staff", Text(staff + 1));
            if (!isInChord)
            {
                for (int i = 0; i < symbol.Beams.Count; i++) Element("beam", symbol.Beams[i], ("number", Text(i + 1)));
            }
            WriteNotations(symbol, isInChord);
        });
    }

    private void WriteNotations(MusicXmlSymbol symbol, bool isInChord)
    {
        bool begins = !isInChord && symbol.Tuplet?.Start == symbol.Start, ends = !isInChord && symbol.Tuplet?.End == symbol.End;
        if (!symbol.IsTiedFromBefore && !symbol.IsTiedOn && !begins && !ends) return;
        Within("notations", () =>
        {
            if (symbol.IsTiedFromBefore) Element("tied", null, ("type", "stop"));
            if (symbol.IsTiedOn) Element("tied", null, ("type", "start"));
            // Beams show what belongs together; where there are none a bracket does.
            if (begins) Element("tuplet", null, ("type", "start"), ("bracket", symbol.Beams.Count > 0 ? "no" : "yes"));
            if (ends) Element("tuplet", null, ("type", "stop"));
        });
    }

    private static string VoiceNumber(int staff, int voice) => Text(4 * staff + voice + 1);

    private static string TypeName(int value) => TypeNames[(int)Math.Log2(value / MusicXmlGrid.Shortest)];

    private static string AccidentalName(int alter) => alter switch
    {
        -2 => "flat-flat",
        -1 => "flat",
        1 => "sharp",
        2 => "double-sharp",
        _ => "natural",
    };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Element(string name, string? text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
        // A title may come from a file with anything in it; XML has no place for control characters.
        if (text is not null) xml.WriteString(string.Concat(text.Where(XmlConvert.IsXmlChar)));
        xml.WriteEndElement();
    }

    private void Within(string name, Action content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes) xml.WriteAttributeString(attribute, value);
        content();
        xml.WriteEndElement();
    }
}
