using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Lets a model of sheets begin a piece, or go on from a primer, for so many bars, and end it there.</summary>
internal sealed class SheetContinuation : SheetDirector
{
    private readonly int _headingBars;
    private readonly int _lastBars;
    private int? _meter; // of all composed bars: the first is the model's choice, where none is wished
    private int _given; // bars of the primer
    private int _asked; // bars to compose; 0 until the meter is known, where seconds were asked for
    private bool _choosesBar; // the next token is drawn from the bars
    private bool _isOver;
    private Tick _from;

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
        Opening = options.Primer is { } primer ? sheet.Encode(primer, Rules.PlanOf(ends: false)).Tokens : [];
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

    public override void Narrow(Span<float> logits)
    {
        for (int id = 0; _choosesBar && id < Sheet.Vocabulary.Count; id++)
        {
            if (Sheet.TokenAt(id).Kind is not SheetTokenKind.Bar) logits[id] = float.NegativeInfinity;
        }
        base.Narrow(logits);
    }

    public override bool Accepts(int token)
    {
        SheetToken drawn = Sheet.TokenAt(token);
        if (_choosesBar || IsContent(drawn)) return true;
        if (_asked > 0 && BarCount >= _asked) _isOver = true;
        else BeginBar();
        return false;
    }

    public override void Follow(int token)
    {
        base.Follow(token);
        if (Sheet.TokenAt(token).Kind is not SheetTokenKind.Bar) return;
        _choosesBar = false;
        if (BarCount == 1)
        {
            _from = Reader.Now;
            _meter = Sheet.TokenAt(token).Value;
            Meter meter = Sheet.Meters[_meter.Value];
            _asked = Options.Length is { } length
                ? (int)Math.Ceiling(length.Value * Frames.QuartersPerMinute(Options) / 60 / meter.BarQuarters.Value)
                : Options.Bars;
        }
        int left = _asked - BarCount;
        if (!Steering.Ends) return;
        if (left < _lastBars) Force(Id(SheetTokenKind.Last, left));
        if (left == 0) Place = Place with { Tonic = Steering.Key ?? KeyFinder.Find(Reader.ToScore())?.Key };
    }

    public override NewMusic Composed()
    {
        NewMusic music = NewMusic.Of(Reader.ToScore(), _from, Reader.BarEnd, shift: Tick.Zero);
        if (!_isOver || !Steering.Ends || music.IsEmpty) return music;
        // The last notes ring to the end of the bar.
        Tick last = music.Right.Concat(music.Left).Max(note => note.Onset);
        return music.Map(note => note.Onset == last ? note with { Duration = music.To - last } : note);
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

    private void BeginBar()
    {
        bool headings = (_given + BarCount) % _headingBars == 0 && !Rules.HeadingTokens.IsEmpty;
        if (headings) Force(Rules.HeadingTokens.AsSpan());
        if (_meter is { } meter) Force(Id(SheetTokenKind.Bar, meter));
        else _choosesBar = true;
    }
}
