using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>
/// Lets a model of sheets fill bars between others: both hands, or one hand while the notes of the other come where they
/// stand.
/// </summary>
/// <remarks>
/// The model reads the bars before, the gap with what is kept in it, and the bars after; then the bars of the gap. Where a
/// hand is kept, its notes are forced: whatever is drawn that would pass by the next of them makes way for it.
/// </remarks>
internal sealed class SheetFilling : SheetDirector
{
    private const int BarsBefore = 24;
    private const int BarsAfter = 8;

    private readonly Gap _gap;
    private readonly Tick _shift; // where the excerpt that is read begins in the piece
    private readonly Tick _from; // of the gap, in the excerpt
    private readonly Tick _to;
    private readonly List<Hole> _holes = [];
    private int _hole = -1; // the one that is being filled
    private Queue<Kept> _kept = new();
    private bool _isOver;

    public SheetFilling(SheetRepresentation sheet, ComposeOptions options, Gap gap, Excerpt excerpt)
        : base(sheet, sheet.Read(DecodeOptions.From(excerpt.Score)), options)
    {
        (_gap, _shift, _from, _to) = (gap, excerpt.Shift, excerpt.From, excerpt.To);
        ImmutableArray<Tick> bars = sheet.BarOnsets(excerpt.Score);
        int first = bars.Count(onset => onset < excerpt.From), count = bars.Count(onset => onset >= excerpt.From && onset < excerpt.To);
        if (count == 0)
        {
            throw new ArgumentException($"Bars {gap.FirstBar} to {gap.LastBar} lie after the last note of the piece.");
        }
        SheetPlan plan = Rules.PlanOf(excerpt.ReachesEnd) with
        {
            Gaps = [new SheetGap(first, count, BarsAfter, gap.Hand switch { Hand.Left => Hand.Right, Hand.Right => Hand.Left, _ => null })],
        };
        ImmutableArray<int> tokens = sheet.Encode(excerpt.Score, plan).Tokens;
        Opening = tokens[..(tokens.IndexOf(Id(SheetTokenKind.Fill)) + 1)];
        FindHoles();
    }

    public override ImmutableArray<int> Opening { get; }

    public override bool IsDone => _isOver;

    public override double Share => _isOver ? 1 : (double)Math.Max(0, _hole) / _holes.Count;

    public override Tick From => _from + _shift;

    protected override Tick ComposedFrom => _from;

    public override Tick Now => Reader.Now + _shift;

    /// <summary>Makes the director of a request.</summary>
    public static SheetFilling For(SheetRepresentation sheet, ComposeOptions options) =>
        new(sheet, options, options.Gap!, Excerpt.Around(options.Gap!));

    public override void Begin()
    {
        Force(Rules.HeadingTokens.AsSpan());
        NextBar();
    }

    public override void Narrow(Span<float> logits)
    {
        Place = Place with { Only = _gap.Hand, Taken = _kept.TryPeek(out Kept next) && next.Position == Place.Position ? next.Pitches : [] };
        base.Narrow(logits);
    }

    public override bool Accepts(int token)
    {
        SheetToken drawn = Sheet.TokenAt(token);
        if (_kept.TryPeek(out Kept next))
        {
            bool passes = !IsContent(drawn) || (drawn.Kind is SheetTokenKind.Position && drawn.Value >= next.Position);
            if (!passes) return true;
            bool joins = drawn.Kind is SheetTokenKind.Position && drawn.Value == next.Position && _gap.Hand is Hand.Left;
            if (joins && Place.Position != next.Position) return true; // the left hand's notes come first
            _kept.Dequeue();
            if (Place.Position != next.Position) Force(Id(SheetTokenKind.Position, next.Position));
            Force(CollectionsMarshal.AsSpan(next.Tokens));
            return false;
        }
        if (IsContent(drawn)) return true;
        NextBar();
        return false;
    }

    public override NewMusic Composed() => NewMusic.Of(Reader.ToScore(), _from, _to, _shift, _gap.Hand);

    public override Score Given()
    {
        int[] leftBelow = Hands.LeftBelow(_gap.Score);
        Tick from = _from + _shift, to = _to + _shift;
        return _gap.Score with
        {
            Tracks = [.. _gap.Score.Tracks.Select((track, part) => !track.IsPiano ? track : track with
            {
                Notes = [.. track.Notes.Where(note => note.Onset < from || note.Onset >= to
                    || (_gap.Hand is { } hand && note.Pitch < leftBelow[part] != (hand is Hand.Left)))],
            })],
        };
    }

    private void NextBar()
    {
        _hole++;
        _isOver = _hole == _holes.Count;
        if (_isOver) return;
        Force(_holes[_hole].Bar);
        _kept = new Queue<Kept>(_holes[_hole].Kept);
    }

    private void FindHoles()
    {
        int bar = -1;
        bool inHole = false;
        foreach (int token in Opening)
        {
            SheetToken said = Sheet.TokenAt(token);
            switch (said.Kind)
            {
                case SheetTokenKind.Bar:
                    (bar, inHole) = (token, false);
                    break;
                case SheetTokenKind.Hole:
                    _holes.Add(new Hole(bar, []));
                    inHole = true;
                    break;
                case SheetTokenKind.Position when inHole:
                    _holes[^1].Kept.Add(new Kept(said.Value, [], []));
                    break;
                case SheetTokenKind.Duration or SheetTokenKind.Left or SheetTokenKind.Right when inHole:
                    Kept kept = _holes[^1].Kept[^1];
                    kept.Tokens.Add(token);
                    if (said.IsNote) kept.Pitches.Add(said.Value);
                    break;
                default:
                    inHole &= IsContent(said);
                    break;
            }
        }
    }

    /// <summary>A bar to fill: its token, and the notes in it that stay.</summary>
    private sealed record Hole(int Bar, List<Kept> Kept);

    /// <summary>Notes of one position that stay.</summary>
    private readonly record struct Kept(int Position, List<int> Tokens, List<int> Pitches);

    /// <summary>The part of a piece that the model reads.</summary>
    internal sealed record Excerpt(Score Score, Tick Shift, Tick From, Tick To, bool ReachesEnd)
    {
        /// <summary>The bars around a gap.</summary>
        public static Excerpt Around(Gap gap)
        {
            var map = new BarMap(gap.Score);
            int last = map.LastNumber;
            if (gap.FirstBar < map.FirstNumber || gap.LastBar < gap.FirstBar || gap.LastBar > last)
            {
                throw new ArgumentException($"Bars {gap.FirstBar} to {gap.LastBar} cannot be filled: the piece has bars {map.FirstNumber} to {last}.");
            }
            int first = Math.Max(map.FirstNumber, gap.FirstBar - BarsBefore), end = Math.Min(last, gap.LastBar + BarsAfter);
            Tick shift = map[first].Onset;
            return new Excerpt(
                Hands.Split(gap.Score).Slice(shift, map[end].End), shift, map[gap.FirstBar].Onset - shift, map[gap.LastBar].End - shift, end == last);
        }
    }
}
