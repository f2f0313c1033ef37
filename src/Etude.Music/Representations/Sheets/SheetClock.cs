namespace Etude.Music.Representations.Sheets;

/// <summary>The time in sheets: bars and positions pass it; bars of a gap have their own while they are filled.</summary>
internal sealed class SheetClock(SheetTokens ids) : TokenClock
{
    // Of a state: the bar from 1, its steps, the step in it; the first bar of the gap that is open, and the bar to resume after; 0 for none.
    private const int Bar = 0, Steps = 1, Step = 2, Gap = 3, Latest = 4;

    public override int StateLength => 5;

    public override float Read(int token, Span<float> state)
    {
        if ((uint)token < (uint)ids.Parsed.Length) Pass(ids.Parsed[token], state);
        return state[Bar] < 1 ? 0 : state[Bar] - 1 + (state[Steps] > 0 ? state[Step] / state[Steps] : 0);
    }

    private void Pass(SheetToken token, Span<float> state)
    {
        switch (token.Kind)
        {
            case SheetTokenKind.Bar:
                (state[Bar], state[Steps], state[Step]) = (state[Bar] + 1, ids.Meters.Steps[token.Value], 0);
                break;
            case SheetTokenKind.Position:
                state[Step] = token.Value;
                break;
            case SheetTokenKind.Hole when state[Gap] == 0:
                state[Gap] = state[Bar];
                break;
            case SheetTokenKind.Fill when state[Gap] > 0:
                (state[Latest], state[Bar], state[Step]) = (state[Bar], state[Gap] - 1, 0);
                break;
            case SheetTokenKind.Resume when state[Latest] > 0:
                (state[Bar], state[Step], state[Gap], state[Latest]) = (state[Latest], 0, 0, 0);
                break;
        }
    }
}
