using System.Collections.Immutable;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Leads a model of sheets: knows where in the bar it is, and gives the tokens that are not the model's to choose.</summary>
internal abstract class SheetDirector(SheetRepresentation sheet, TokenReader reader, ComposeOptions options) : Director(reader)
{
    private readonly Queue<(ImmutableArray<SheetTokenKind> Kinds, int? Token)> _due = new(); // a token that must come, or kinds to draw from
    private const double SettlingQuarters = 4; // of the wished density are thought to have gone before
    private int _said; // a duration that the next note uses
    private int _notes; // composed

    public override int? Forced => _due.TryPeek(out var due) ? due.Token : null;

    /// <summary>Whether the next token is to be drawn from kinds that are not a bar's content.</summary>
    protected bool IsChoosing => _due.TryPeek(out var due) && due.Token is null;

    protected SheetRepresentation Sheet { get; } = sheet;

    protected Steering Steering => Options.Steering;

    protected ComposeOptions Options { get; } = options;

    protected SheetRules Rules { get; } = new(sheet, options.Steering);

    /// <summary>The composed bars that have begun.</summary>
    protected int BarCount { get; private set; }

    /// <summary>Where composing begins, in the reader's ticks.</summary>
    protected abstract Tick ComposedFrom { get; }

    /// <summary>Where the next note would come; its position is -1 before the bar's first.</summary>
    protected SheetPlace Place { get; set; } = new();

    /// <summary>Whether a token belongs to what a bar holds; any other says that the bar is over.</summary>
    public static bool IsContent(SheetToken token) =>
        token.IsNote || token.Kind is SheetTokenKind.Position or SheetTokenKind.Duration;

    public override void Narrow(Span<float> logits)
    {
        if (IsChoosing)
        {
            ImmutableArray<SheetTokenKind> kinds = _due.Peek().Kinds;
            for (int id = 0; id < Sheet.Vocabulary.Count; id++)
            {
                if (!kinds.Contains(Sheet.TokenAt(id).Kind)) logits[id] = float.NegativeInfinity;
            }
            return;
        }
        for (int id = 0; id < Sheet.Vocabulary.Count; id++)
        {
            if (Sheet.TokenAt(id).Kind is SheetTokenKind.Hole or SheetTokenKind.Length or SheetTokenKind.Last) logits[id] = float.NegativeInfinity;
        }
        Rules.Narrow(logits, Place with { Excess = Excess(), IsSilent = Reader.IsSilent });
    }

    public override void Follow(int token)
    {
        SheetToken said = Sheet.TokenAt(token);
        if (_due.TryPeek(out var due) && (due.Token is { } forced ? forced == token : due.Kinds[^1] == said.Kind)) _due.Dequeue();
        if (said.IsNote)
        {
            _notes++;
            Place = Place with { Lowest = Math.Min(Place.Lowest, said.Value) };
        }
        switch (said.Kind)
        {
            case SheetTokenKind.Bar:
                BarCount++;
                Place = new SheetPlace { Bar = BarCount - 1, Position = -1, Only = Place.Only, Tonic = Place.Tonic };
                break;
            case SheetTokenKind.Position:
                Place = Place with { Position = said.Value, LastHand = null, LastPitch = null };
                break;
            case SheetTokenKind.Duration:
                _said = said.Value;
                break;
            case SheetTokenKind.Left:
                Place = Place with { LastHand = Hand.Left, LastPitch = said.Value, LeftDuration = _said > 0 ? _said : Place.LeftDuration };
                _said = 0;
                break;
            case SheetTokenKind.Right:
                Place = Place with { LastHand = Hand.Right, LastPitch = said.Value, RightDuration = _said > 0 ? _said : Place.RightDuration };
                _said = 0;
                break;
        }
    }

    /// <summary>The composed notes so far.</summary>
    public abstract NewMusic Composed();

    /// <summary>What was given, without what is composed in its place.</summary>
    public abstract Score Given();

    public override ImmutableArray<Note> NewNotes()
    {
        NewMusic composed = Composed();
        return [.. composed.Right.Concat(composed.Left).Order()];
    }

    public override Score Finish() =>
        Options.Expression ? Expression.Play(Composed(), Given(), Options) : Composed().AddTo(Given());

    private double Excess()
    {
        if (Steering.NotesPerQuarter is not { } wished || BarCount == 0) return 0;
        double quarters = (Reader.Now + new Tick(1) - ComposedFrom).Value / (double)Reader.TicksPerQuarter;
        return Math.Clamp(Math.Log((_notes + (SettlingQuarters * wished)) / ((quarters + SettlingQuarters) * wished)), -1, 1);
    }

    protected void Force(params ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens) _due.Enqueue(([], token));
    }

    /// <summary>The model chooses a token of a kind; before it, as it likes, one of each kind before.</summary>
    protected void Choose(params ImmutableArray<SheetTokenKind> kinds) => _due.Enqueue((kinds, null));

    protected int Id(SheetTokenKind kind, int value = 0) => Sheet.IdOf(new SheetToken(kind, value))
        ?? throw new InvalidOperationException($"The vocabulary has no {kind} {value}.");
}
