using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Lets a model of sheets begin a piece, or go on from a primer, for so many bars, and end it there.</summary>
internal sealed class SheetContinuation : SheetDirector
{
    private const int PhraseBars = 8;
    // Times the wish for repetition, for each token that a returning phrase goes on with. The first bar of the last of four needs more: a model that
    // is told how near the end is expects something new, and its memory of the phrase is broken at each bar line by being told again.
    private const float Returning = 2.4f, Closing = 4.8f;
    private readonly int _headingBars;
    private readonly int _lastBars;
    private int? _meter; // of all composed bars: the first is the model's choice, where none is wished
    private int? _style; // a wished one, else the model's choice, where it chose one
    private int _given; // bars of the primer
    private int _asked; // bars to compose; 0 until the meter is known, where seconds were asked for
    private Tick _lastBar;
    private bool _isOver;
    private Tick _from;
    private readonly List<int> _composed = []; // tokens of what the bars hold
    private readonly List<int> _headings = []; // of the first phrase
    private int? _return; // which of the composed tokens a returning phrase goes on with

    public SheetContinuation(SheetRepresentation sheet, TokenReader reader, ComposeOptions options) : base(sheet, reader, options)
    {
        var settings = (SheetOptions)sheet.Options;
        (_headingBars, _lastBars) = (settings.HeadingBars, settings.LastBars);
        Meter? meter = options.Steering.Meter ?? options.Primer?.Meters[^1];
        if (meter is { } wished)
        {
            _meter = sheet.Meters.Index().Where(known => (known.Item.Numerator, known.Item.Denominator) == (wished.Numerator, wished.Denominator))
                .Select(known => (int?)known.Index).FirstOrDefault();
            if (_meter is null && options.Steering.Meter is not null)
            {
                throw new ArgumentException($"The model knows no bar of {wished}. It knows {string.Join(", ", sheet.Meters)}.");
            }
        }
        Opening = options.Primer is { } primer ? sheet.Encode(primer, Rules.PlanOf(ends: false) with { Keys = true, Densities = true }).Tokens : [];
        if (options.Primer is not null && !Opening.Any(token => sheet.TokenAt(token).IsNote))
        {
            throw new ArgumentException("The primer holds no piano note to continue from: choose another file or passage.");
        }
    }

    public override ImmutableArray<int> Opening { get; }

    public override bool IsDone => _isOver;

    public override double Share => _isOver ? 1 : Math.Clamp((Reader.Bars - _given) / Math.Max(1, _asked), 0, 1);

    public override Tick From => _from;

    protected override Tick ComposedFrom => _from;

    public override void Begin()
    {
        _given = Opening.Count(token => Sheet.TokenAt(token).Kind is SheetTokenKind.Bar);
        BeginBar();
    }

    public override bool Accepts(int token)
    {
        SheetToken drawn = Sheet.TokenAt(token);
        if (IsChoosing || IsContent(drawn)) return true;
        if (_asked > 0 && BarCount >= _asked) _isOver = true;
        else BeginBar();
        return false;
    }

    public override void Narrow(Span<float> logits)
    {
        if (_return is { } at && !IsChoosing)
        {
            float pull = IsClosing && Returns(BarCount - 1) ? Closing : Returning;
            logits[_composed[at]] += pull * Options.Repetition;
        }
        base.Narrow(logits);
        if (IsChoosing && _given + BarCount == 0) Rules.PreferNearKeys(logits);
    }

    public override void Follow(int token)
    {
        base.Follow(token);
        SheetToken said = Sheet.TokenAt(token);
        if (said.Kind is SheetTokenKind.Style) _style = token;
        if (BarCount == 0 && said.Kind is SheetTokenKind.Key or SheetTokenKind.Density) _headings.Add(token);
        if (IsContent(said))
        {
            if (_return is { } at) _return = _composed[at] == token ? at + 1 : null;
            _composed.Add(token);
        }
        if (said.Kind is not SheetTokenKind.Bar) return;
        if (Returns(BarCount - 1)) _return = 0;
        else if (!IsClosing || (BarCount - 1) % PhraseBars >= PhraseBars / 2) _return = null;
        if (BarCount == 1)
        {
            _from = Reader.Now;
            _meter = said.Value;
            Meter meter = Sheet.Meters[_meter.Value];
            _asked = Options.Length is { } length
                ? (int)Math.Ceiling(length.Value * Frames.QuartersPerMinute(Options) / 60 / meter.BarQuarters.Value)
                : Options.Bars;
        }
        int left = _asked - BarCount;
        if (!Steering.Ends) return;
        if (left < _lastBars) Force(Id(SheetTokenKind.Last, left));
        if (left == 0) (_lastBar, Place) = (Reader.Now, Place with { Tonic = LastKey() });
    }

    public override NewMusic Composed()
    {
        NewMusic music = NewMusic.Of(Reader.ToScore(), _from, Reader.BarEnd, shift: Tick.Zero);
        if (!_isOver || !Steering.Ends || music.IsEmpty) return music;
        // The last notes ring to the end of the bar, and nothing rings into it but over them.
        Note[] all = [.. music.Right, .. music.Left];
        Tick last = all.Max(note => note.Onset);
        int lowest = all.Where(note => note.Onset >= _lastBar).Select(note => (int)note.Pitch).DefaultIfEmpty(128).Min();
        int[] chord = [.. all.Where(note => note.Onset >= _lastBar).Select(note => note.Pitch % 12)];
        return music.Map(note =>
            note.Onset == last ? note with { Duration = music.To - last }
            : note.Onset < _lastBar && note.End > _lastBar && (note.Pitch < lowest || !chord.Contains(note.Pitch % 12)) ? note with { Duration = _lastBar - note.Onset }
            : note);
    }

    public override Score Given()
    {
        Score decoded = Reader.ToScore();
        if (Options.Primer is not { } primer) return decoded with { Tracks = [.. decoded.Tracks.Select(track => track with { Notes = [] })] };
        IEnumerable<Meter> later = decoded.Meters.Where(meter => meter.Onset >= _from);
        return primer with
        {
            Tempos = Options.QuartersPerMinute is null ? primer.Tempos : decoded.Tempos,
            Meters = [.. primer.Meters.Where(meter => meter.Onset < _from), .. later],
        };
    }

    // Whether this bar belongs to the last of four phrases.
    private bool IsClosing => (BarCount - 1) / PhraseBars % 4 == 3;

    // Phrases of eight bars in the order A A B A: the model is drawn to the first one's first bar, of the last of four to its first half, and
    // goes on with it as it likes.
    private static bool Returns(int bar) => bar % PhraseBars == 0 && (bar / PhraseBars) % 4 is 1 or 3;

    // The last of the chords that were asked for, else the tonic of what was heard.
    private Key LastKey()
    {
        if (Steering.Chords.IsDefaultOrEmpty) return Steering.Key ?? KeyFinder.Find(Reader.ToScore())?.Key ?? default;
        Chord chord = Steering.Chords[(_asked - 1) % Steering.Chords.Length];
        return new Key(chord.Root, chord.PitchClasses.Contains((chord.Root + 3) % 12));
    }

    private void BeginBar()
    {
        if ((_given + BarCount) % _headingBars == 0) BeginHeadings();
        if (_meter is { } meter) Force(Id(SheetTokenKind.Bar, meter));
        else Choose(SheetTokenKind.Bar);
    }

    // What is not wished is drawn, as the corpus has it: once it is said, the model keeps to it.
    private void BeginHeadings()
    {
        if ((_style ??= Rules.Wished(SheetTokenKind.Style)) is { } style) Force(style);
        if (Returns(BarCount) && Options.Repetition > 0)
        {
            Force([.. _headings]);
            return;
        }
        if (Rules.Wished(SheetTokenKind.Key) is { } key) Force(key);
        else if (_given + BarCount == 0 && _style is null) Choose(SheetTokenKind.Style, SheetTokenKind.Key);
        else Choose(SheetTokenKind.Key);
        if (Rules.Wished(SheetTokenKind.Density) is { } density) Force(density);
        else Choose(SheetTokenKind.Density);
    }
}
