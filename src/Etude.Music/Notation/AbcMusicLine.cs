using System.Globalization;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>Reads one line of music into the measures of the voice that is read now.</summary>
internal sealed class AbcMusicLine(AbcParser parser, string text, int line)
{
    private const string Letters = "CDEFGABcdefgab";
    private static readonly int[] Semitones = [0, 2, 4, 5, 7, 9, 11];
    private readonly List<(char Letter, int Octave, int Pitch)> _struck = []; // by the last event
    private int _at;

    private AbcVoice Voice => parser.Voice;

    private char Next => _at < text.Length ? text[_at] : '\0';

    public void Read()
    {
        while (_at < text.Length)
        {
            int start = _at;
            char symbol = text[_at++];
            switch (symbol)
            {
                case '[' when _at + 1 < text.Length && text[_at + 1] == ':' && char.IsAsciiLetter(Next):
                    int field = _at;
                    string value = Until(']', "an inline field");
                    parser.ReadField(text[field], value[2..], line, field + 3);
                    break;
                case '[' when char.IsAsciiDigit(Next):
                    BeginEnding();
                    break;
                case '[' when Next != '|':
                    ReadChord(start);
                    break;
                case '|' or ':' or '[' or ']':
                    _at = start;
                    ReadBarLine();
                    break;
                case '^' or '_' or '=' or (>= 'A' and <= 'G') or (>= 'a' and <= 'g'):
                    _at = start;
                    _struck.Clear();
                    int pitch = ReadPitch();
                    Add([(pitch, false)], ReadLength());
                    break;
                case 'z' or 'x':
                    _struck.Clear();
                    Add([], ReadLength());
                    break;
                case 'Z' or 'X':
                    ReadBarsOfRest(start);
                    break;
                case '-':
                    Tie(start);
                    break;
                case '>' or '<':
                    ReadBrokenRhythm(symbol, start);
                    break;
                case '(' when char.IsAsciiDigit(Next):
                    ReadTuplet(start);
                    break;
                case '{':
                    Until('}', "grace notes");
                    parser.Remark(line, start + 1, "grace notes left out");
                    break;
                case '"':
                    Until('"', "a chord symbol or remark");
                    break;
                case '!' or '+':
                    Until(symbol, "a decoration");
                    break;
                case 'y':
                    ReadNumber();
                    break;
                case ' ' or '\t' or '(' or ')' or '.' or '~' or '`' or '*' or '\\' or '$' or (>= 'H' and <= 'W') or (>= 'h' and <= 'w'):
                    break; // slurs, decorations, layout
                case '&':
                    throw parser.Fault(line, start + 1, "voice overlays (&) cannot be read: give each voice its own V: field");
                default:
                    throw parser.Fault(line, start + 1, $"'{symbol}' means nothing in music: notes are A-G and a-g, rests z, bars |");
            }
        }
    }

    private string Until(char end, string what)
    {
        int close = text.IndexOf(end, _at);
        if (close < 0) throw parser.Fault(line, _at, $"{what} is not closed: a '{end}' is missing");
        string inside = text[_at..close];
        _at = close + 1;
        return inside;
    }

    private void ReadChord(int start)
    {
        _struck.Clear();
        List<(int Pitch, bool Tied)> pitches = [];
        (int Numerator, int Denominator) length = (1, 1);
        List<(char, int, int)> tied = [];
        while (Next != ']')
        {
            if (Next == '\0') throw parser.Fault(line, start + 1, "a chord is not closed: a ']' is missing");
            if (Next == ' ')
            {
                _at++;
                continue;
            }
            int pitch = ReadPitch();
            var each = ReadLength();
            if (pitches.Count == 0) length = each;
            bool isTied = Next == '-';
            if (isTied)
            {
                _at++;
                tied.Add(_struck[^1]);
            }
            if (pitches.All(other => other.Pitch != pitch)) pitches.Add((pitch, isTied));
        }
        _at++;
        if (pitches.Count == 0) throw parser.Fault(line, start + 1, "a chord without notes: write '[CEG]', or 'z' for a rest");
        var outer = ReadLength();
        Add(pitches, (length.Numerator * outer.Numerator, length.Denominator * outer.Denominator));
        Voice.Tied.AddRange(tied);
    }

    /// <summary>Accidentals, letter, octave marks: the MIDI pitch, by key, bar and ties.</summary>
    private int ReadPitch()
    {
        int start = _at;
        int? accidental = null;
        while (Next is '^' or '_' or '=') accidental = (accidental ?? 0) + (text[_at++] switch { '^' => 1, '_' => -1, _ => 0 });
        int letter = Next == '\0' ? -1 : Letters.IndexOf(Next, StringComparison.Ordinal);
        if (letter < 0) throw parser.Fault(line, _at + 1, accidental is null ? $"'{Next}' is no note: notes are A-G and a-g" : "an accidental without a note: write '^F' for F sharp");
        _at++;
        int octave = 5 + letter / 7 + Voice.Octave;
        while (Next is ',' or '\'') octave += text[_at++] == ',' ? -1 : 1;
        char name = Letters[letter % 7];
        if (accidental is int written) Voice.Accidentals[name] = written;
        int pitch = 12 * octave + Semitones[letter % 7]
            + (Voice.Accidentals.TryGetValue(name, out int held) ? held : Voice.Key.Accidental(name));
        var tied = Voice.Tied.FindAll(note => (note.Letter, note.Octave) == (name, octave));
        if (accidental is null && tied.Count > 0 && tied.TrueForAll(note => note.Pitch != pitch)) pitch = tied[0].Pitch;
        if (pitch is < 0 or > 127) throw parser.Fault(line, start + 1, "a note beyond MIDI's 128: middle C is 'C', the octave above it 'c'");
        _struck.Add((name, octave, pitch));
        return pitch;
    }

    private (int Numerator, int Denominator) ReadLength()
    {
        int numerator = ReadNumber() ?? 1, denominator = 1;
        while (Next == '/')
        {
            _at++;
            denominator *= ReadNumber() ?? 2;
            if (denominator is < 1 or > 4096) throw parser.Fault(line, _at, "a length that is too short or divided by nothing: write one such as 'C3/2'");
        }
        return numerator > 0 ? (numerator, denominator) : throw parser.Fault(line, _at, "a note of no length: leave the number out for the unit length");
    }

    private int? ReadNumber()
    {
        int start = _at;
        while (char.IsAsciiDigit(Next)) _at++;
        if (_at == start) return null;
        return int.TryParse(text.AsSpan(start.._at), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 30_000
            ? number
            : throw parser.Fault(line, start + 1, "a number beyond 30000");
    }

    private void Add(List<(int Pitch, bool Tied)> pitches, (int Numerator, int Denominator) length)
    {
        AbcVoice voice = Voice;
        var (p, q, left) = voice.Tuplet;
        long units = voice.UnitLength * length.Numerator * voice.Broken.Numerator * (left > 0 ? q : 1)
            / ((long)length.Denominator * voice.Broken.Denominator * (left > 0 ? p : 1));
        voice.Broken = (1, 1);
        voice.Tuplet = (p, q, Math.Max(0, left - 1));
        voice.Tied.Clear();
        voice.Current.Events.Add(new AbcMeasure.Event(pitches, Math.Max(1, units)));
    }

    private void Tie(int start)
    {
        // The event may stand on the line before, and before a bar line.
        if (_struck.Count == 0) throw parser.Fault(line, start + 1, "a tie without a note before it");
        List<AbcMeasure.Event> events = Voice.Current.Events.Count > 0 ? Voice.Current.Events : Voice.Measures[^1].Events;
        events[^1] = events[^1] with { Pitches = [.. events[^1].Pitches.Select(note => (note.Pitch, true))] };
        Voice.Tied.AddRange(_struck);
    }

    private void ReadBrokenRhythm(char symbol, int start)
    {
        int halvings = 1;
        for (; Next == symbol; _at++) halvings++;
        if (Voice.Current.Events.Count == 0 || halvings > 4) throw parser.Fault(line, start + 1, $"'{symbol}' stands between two notes: the first '>' dots the note before it and halves the next");
        (int Numerator, int Denominator) longer = ((2 << halvings) - 1, 1 << halvings), shorter = (1, 1 << halvings);
        var (before, after) = symbol == '>' ? (longer, shorter) : (shorter, longer);
        AbcMeasure.Event last = Voice.Current.Events[^1];
        Voice.Current.Events[^1] = last with { Length = last.Length * before.Numerator / before.Denominator };
        Voice.Broken = after;
    }

    private void ReadTuplet(int start)
    {
        int p = ReadNumber() ?? 0;
        bool isCompound = Voice.Meter is Meter meter && meter.Numerator % 3 == 0 && meter.Numerator > 3;
        int q = p switch { 2 or 4 or 8 => 3, 3 or 6 => 2, _ => isCompound ? 3 : 2 };
        int count = p;
        if (Next == ':')
        {
            _at++;
            q = ReadNumber() ?? q;
            if (Next == ':')
            {
                _at++;
                count = ReadNumber() ?? p;
            }
        }
        if (p is < 2 or > 64 || q < 1 || count < 1) throw parser.Fault(line, start + 1, "a tuplet of no sense: write '(3' before three notes in the time of two");
        Voice.Tuplet = (p, q, count);
    }

    private void ReadBarsOfRest(int start)
    {
        int bars = ReadNumber() ?? 1;
        if (Voice.Meter is not Meter meter || Voice.Current.Events.Count > 0)
        {
            throw parser.Fault(line, start + 1, "a rest of whole bars needs a meter and stands alone in its bar: write 'z' with a length");
        }
        _struck.Clear();
        for (int bar = 0; bar < bars; bar++)
        {
            if (bar > 0) AbcParser.CloseBar(Voice, line, start + 1);
            Voice.Current.Events.Add(new AbcMeasure.Event([], 4L * AbcMeasure.Quarter * meter.Numerator / meter.Denominator));
        }
    }

    private void ReadBarLine()
    {
        int start = _at;
        while (Next is '|' or ':' || (Next == '[' && _at + 1 < text.Length && text[_at + 1] == '|') || (Next == ']' && _at > start && text[_at - 1] == '|')) _at++;
        string bar = text[start.._at];
        if (!bar.Contains('|', StringComparison.Ordinal) && bar != "::") throw parser.Fault(line, start + 1, $"'{text[start]}' alone is no bar line: write '|', '||', '|:', ':|' or '|]'");
        AbcVoice voice = Voice;
        bool ends = bar.StartsWith(':'), starts = bar.EndsWith(':');
        if (ends || starts || bar.Length > 1) voice.Endings = [];
        if (voice.Current.Events.Count > 0) AbcParser.CloseBar(voice, line, start + 1);
        else voice.Current.Endings = voice.Endings;
        if (ends && voice.Measures.Count > 0) voice.Measures[^1].EndsRepeat = true;
        if (starts) voice.Current.StartsRepeat = true;
        if (char.IsAsciiDigit(Next)) BeginEnding();
    }

    private void BeginEnding()
    {
        List<int> endings = [];
        while (true)
        {
            int first = ReadNumber() ?? throw parser.Fault(line, _at + 1, "an ending without a number: write '[1' or '[1,3'");
            int last = first;
            if (Next == '-')
            {
                _at++;
                last = ReadNumber() ?? first;
            }
            for (int ending = first; ending <= Math.Min(last, first + 16); ending++) endings.Add(ending);
            if (Next != ',') break;
            _at++;
        }
        Voice.Endings = endings;
        Voice.Current.Endings = endings;
    }
}
