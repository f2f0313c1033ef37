using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Leads a model of sheets: knows where in the bar it is, and gives the tokens that are not the model's to choose.</summary>
internal abstract class SheetDirector(SheetRepresentation sheet, TokenReader reader, Steering steering) : Director(reader)
{
    private readonly Queue<int> _forced = new();
    private bool _bassIsOpen;
    private int _said; // a duration that the next note uses

    public override int? Forced => _forced.TryPeek(out int token) ? token : null;

    protected SheetRepresentation Sheet { get; } = sheet;

    protected Steering Steering { get; } = steering;

    protected SheetRules Rules { get; } = new(sheet, steering, sheet.Vocabulary.Count + 1);

    /// <summary>The composed bars that have begun.</summary>
    protected int BarCount { get; private set; }

    /// <summary>The step in the bar; -1 before the first position.</summary>
    protected int Position { get; private set; } = -1;

    /// <summary>Steps of the last duration of the left hand and of the right in this bar; -1 before.</summary>
    protected int[] Durations { get; } = [-1, -1];

    /// <summary>The key to end in, in the last bar; else null.</summary>
    protected virtual Key? Tonic => null;

    /// <summary>Whether a token belongs to what a bar holds; any other says that the bar is over.</summary>
    protected static bool IsContent(SheetToken token) =>
        token.IsNote || token.Kind is SheetTokenKind.Position or SheetTokenKind.Duration;

    public override void Narrow(Span<float> logits)
    {
        for (int id = 0; id < Sheet.Vocabulary.Count; id++)
        {
            if (Sheet.TokenAt(id).Kind is SheetTokenKind.Hole or SheetTokenKind.Length or SheetTokenKind.Last) logits[id] = float.NegativeInfinity;
        }
        Rules.Narrow(logits, BarCount - 1, Math.Max(0, Position), Tonic, _bassIsOpen);
    }

    public override void Follow(int token)
    {
        if (_forced.TryPeek(out int due) && due == token) _forced.Dequeue();
        SheetToken said = Sheet.TokenAt(token);
        switch (said.Kind)
        {
            case SheetTokenKind.Bar:
                BarCount++;
                Position = -1;
                Durations.AsSpan().Fill(-1);
                break;
            case SheetTokenKind.Position:
                Position = said.Value;
                _bassIsOpen = true;
                break;
            case SheetTokenKind.Duration:
                _said = said.Value;
                break;
            case SheetTokenKind.Left or SheetTokenKind.Right:
                int hand = said.Kind is SheetTokenKind.Left ? 0 : 1;
                if (_said > 0) Durations[hand] = _said;
                _said = 0;
                if (hand == 0) _bassIsOpen = false;
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

    public override Score Finish() => Composed().AddTo(Given());

    protected void Force(params ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens) _forced.Enqueue(token);
    }

    protected int Id(SheetTokenKind kind, int value = 0) => Sheet.IdOf(new SheetToken(kind, value))
        ?? throw new InvalidOperationException($"The vocabulary has no {kind} {value}.");
}
