using System.Globalization;
using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>Reads the lines of one tune: fields here, music by <see cref="AbcMusicLine"/>.</summary>
internal sealed class AbcParser(string name)
{
    private readonly List<AbcVoice> _voices = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _remarks = [];
    private AbcVoice? _voice;
    private AbcKey _key;
    private Meter? _meter = Scores.Meter.Default;
    private long? _unitLength;
    private Tempo? _tempo;
    private bool _inBody;
    private bool _inTune;

    /// <summary>The voice that is read now; the first one where none was named.</summary>
    public AbcVoice Voice => _voice ??= Named("1");

    public AbcReading Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++) ReadLine(lines[i].TrimEnd(), i + 1);
        if (!_inBody) throw Fault(lines.Length, 1, "there is no tune: a header ends with the key, such as 'K:C', and music follows");
        foreach (AbcVoice voice in _voices)
        {
            if (voice.Current.Events.Count > 0) CloseBar(voice, lines.Length, 1);
        }
        return AbcUnfolding.ToReading(this, _voices, _tempo, _key, _texts, _remarks);
    }

    public FormatException Fault(int line, int column, string fault) => new(At(line, column, fault) + ".");

    public void Remark(int line, int column, string remark) => _remarks.Add(At(line, column, remark));

    /// <summary>Ends the measure that is being filled and begins the next.</summary>
    public static void CloseBar(AbcVoice voice, int line, int column)
    {
        voice.Current.Place = (line, column);
        voice.Measures.Add(voice.Current);
        voice.Current = new AbcMeasure { Meter = voice.Meter, Endings = voice.Endings };
        voice.Accidentals.Clear();
    }

    /// <summary>Reads a field, as a line or inline.</summary>
    public void ReadField(char field, string value, int line, int column)
    {
        value = value.Trim();
        switch (field)
        {
            case 'T' or 'C' when !_inBody:
                _texts.Add(value);
                break;
            case 'M':
                SetMeter(ParseMeter(value, line, column));
                break;
            case 'L':
                long unit = Fraction(value, line, column) is var (numerator, denominator) ? 4L * AbcMeasure.Quarter * numerator / denominator : 0;
                if (_inBody) Voice.UnitLength = unit;
                else _unitLength = unit;
                break;
            case 'Q':
                if (ParseTempo(value, line, column) is not Tempo tempo) break;
                if (_inBody) Voice.Current.Tempos.Add((Voice.Current.Length, tempo));
                else _tempo = tempo;
                break;
            case 'K':
                AbcKey key = AbcKey.Parse(value) ?? throw Fault(line, column, $"'{value}' is no key: write one such as 'K:G', 'K:F#m', 'K:Bb' or 'K:D dor'");
                if (_inBody)
                {
                    Voice.Key = key;
                    Voice.Current.Keys.Add((Voice.Current.Length, key));
                }
                else BeginBody(key);
                break;
            case 'V':
                ReadVoice(value, line, column);
                break;
        }
    }

    private void ReadLine(string line, int number)
    {
        if (line.Length == 0 || line[0] == '%' || line.StartsWith("+:", StringComparison.Ordinal)) return;
        bool isField = line.Length > 1 && line[1] == ':' && char.IsAsciiLetter(line[0]);
        if (isField)
        {
            if (line[0] == 'X' && _inTune) throw Fault(number, 1, "a second tune begins: put each tune into its own text");
            _inTune = true;
            ReadField(line[0], WithoutComment(line)[2..], number, 3);
            return;
        }
        if (_inBody) new AbcMusicLine(this, WithoutComment(line), number).Read();
        else if (_inTune) throw Fault(number, 1, "music before the key: the header ends with a line such as 'K:C'");
    }

    private void BeginBody(AbcKey key)
    {
        (_key, _inBody) = (key, true);
        foreach (AbcVoice voice in _voices) Prepare(voice);
    }

    private void Prepare(AbcVoice voice)
    {
        voice.Key = _key;
        voice.Meter = voice.Current.Meter = _meter;
        voice.UnitLength = _unitLength ?? DefaultUnitLength();
    }

    /// <summary>By the standard: a sixteenth where a bar is shorter than three quarters of a whole note, else an eighth.</summary>
    private long DefaultUnitLength() =>
        _meter is Meter meter && 4 * meter.Numerator < 3 * meter.Denominator ? AbcMeasure.Quarter / 4 : AbcMeasure.Quarter / 2;

    private AbcVoice Named(string id)
    {
        AbcVoice? voice = _voices.Find(known => known.Id == id);
        if (voice is not null) return voice;
        _voices.Add(voice = new AbcVoice(id));
        if (_inBody) Prepare(voice);
        return voice;
    }

    private void ReadVoice(string value, int line, int column)
    {
        string id = value.Split(' ')[0];
        if (id.Length == 0) throw Fault(line, column, "a voice without a name: write one such as 'V:1'");
        AbcVoice voice = Named(id);
        string? called = Setting(value, "name") ?? Setting(value, "nm");
        if (called is not null) voice.Name = called;
        if (Setting(value, "octave") is string octave)
        {
            voice.Octave = int.TryParse(octave, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int octaves) && Math.Abs(octaves) < 9
                ? octaves
                : throw Fault(line, column, $"'octave={octave}' is no number of octaves: write one such as 'octave=-1'");
        }
        _voice = voice;
    }

    private static string? Setting(string value, string setting)
    {
        int start = value.IndexOf(setting + "=", StringComparison.Ordinal);
        if (start < 0) return null;
        string rest = value[(start + setting.Length + 1)..];
        if (!rest.StartsWith('"')) return rest.Split(' ')[0];
        int end = rest.IndexOf('"', 1);
        return end < 0 ? rest[1..] : rest[1..end];
    }

    private void SetMeter(Meter? meter)
    {
        if (!_inBody)
        {
            _meter = meter;
            return;
        }
        Voice.Meter = meter;
        if (Voice.Current.Events.Count == 0) Voice.Current.Meter = meter;
    }

    private Meter? ParseMeter(string value, int line, int column)
    {
        if (value is "none" or "") return null;
        if (value is "C") return Scores.Meter.Default;
        if (value is "C|") return new Meter(default, 2, 2);
        (int numerator, int denominator) = Fraction(value, line, column);
        return numerator <= 255 && denominator <= 64 && (denominator & (denominator - 1)) == 0
            ? new Meter(default, numerator, denominator)
            : throw Fault(line, column, $"'{value}' is no meter: write one such as 'M:3/4', 'M:C' or 'M:none'");
    }

    private Tempo? ParseTempo(string value, int line, int column)
    {
        string words = string.Concat(value.Split('"').Where((_, i) => i % 2 == 0)).Trim(); // without what stands in quotes
        if (words.Length == 0) return null;
        string[] sides = words.Split('=');
        double quarters = sides.Length == 1
            ? 1
            : sides[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Sum(beat => Fraction(beat, line, column) is var (numerator, denominator) ? 4.0 * numerator / denominator : 0);
        return double.TryParse(sides[^1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out double beats)
            && beats * quarters is >= 4 and <= 10_000
            ? Tempo.FromQuartersPerMinute(default, beats * quarters)
            : throw Fault(line, column, $"'{value}' is no tempo: write one such as 'Q:1/4=120'");
    }

    private (int Numerator, int Denominator) Fraction(string value, int line, int column)
    {
        string[] sides = value.Split('/');
        return sides.Length is 1 or 2
            && int.TryParse(sides[0].Trim('(', ')', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out int numerator) && numerator is >= 1 and <= 1000
            && int.TryParse(sides.Length == 1 ? "1" : sides[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int denominator) && denominator is >= 1 and <= 1000
            ? (numerator, denominator)
            : throw Fault(line, column, $"'{value}' is no fraction of whole numbers: write one such as '1/8'");
    }

    private static string WithoutComment(string line)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (line[i] == '%' && !quoted && (i == 0 || line[i - 1] != '\\')) return line[..i];
        }
        return line;
    }

    private string At(int line, int column, string what) => FormattableString.Invariant($"{name}, line {line}, column {column}: ") + what;
}
