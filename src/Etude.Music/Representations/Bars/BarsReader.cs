using Etude.Music.Scores;

namespace Etude.Music.Representations.Bars;

/// <summary>Reads tokens of the bar-based scheme and knows its grammar.</summary>
internal sealed class BarsReader(BarsRepresentation representation, BarsOptions bars, BarTokens ids, DecodeOptions? options)
    : TokenReader(representation, bars.Grid, options)
{
    private readonly List<(int Step, int Meter)> _meters = []; // where they change, or begin anew after a short bar
    private readonly List<(int Step, int Index)> _tempos = [];
    private After _after = After.Nothing;
    private int _barCount;
    private int _barStart;
    private int _barSteps;
    private int _meter = -1;
    private int _key = -1; // pitch, with 128 added for the right hand: the last at this position
    private int _velocity;

    private enum After
    {
        Nothing,
        Bar,
        Length,
        Tempo,
        Position,
        Pitch,
        Velocity,
        Note,
    }

    public override double Bars =>
        _barCount == 0 ? 0 : HasEnded ? _barCount : _barCount - 1 + (Step - _barStart) / (double)_barSteps;

    public override Score ToScore()
    {
        Score score = base.ToScore();
        if (_meters.Count > 0)
        {
            score = score with
            {
                Meters = [.. _meters.Select(meter => ids.Known.All[meter.Meter] with { Onset = Map.TickAt(meter.Step) })],
            };
        }
        if (_tempos.Count > 0)
        {
            // The first may come late in tokens that were not encoded from a score: a tempo map begins at 0.
            score = score with
            {
                Tempos = [.. _tempos.Select((tempo, i) => Tempo.FromQuartersPerMinute(
                    i == 0 ? Tick.Zero : Map.TickAt(tempo.Step), BarTokens.QuartersPerMinute(tempo.Index)))],
            };
        }
        return bars.Hands ? score with { Tracks = ToHands() } : score;
    }

    private protected override void Accept(int token)
    {
        if (token == BarTokens.End) HasEnded = true;
        else if (token == BarTokens.Start) return;
        else if (Is(token, ids.Bars, out int meter)) BeginBar(meter);
        else if (_barCount == 0) return;
        else if (Is(token, ids.Lengths, out int length)) SetLength(length + 1);
        else if (Is(token, ids.Tempos, out int tempo)) SetTempo(tempo);
        else if (Is(token, ids.Positions, out int position)) MoveTo(position);
        else if (Is(token, ids.Pitches, out int key)) (_key, _after) = (key, After.Pitch);
        else if (Is(token, ids.Velocities, out int velocity)) SetVelocity(velocity);
        else if (Is(token, ids.Durations, out int duration)) EndNote(duration + 1);
    }

    private protected override void Restrict(Span<bool> allowed)
    {
        allowed.Clear();
        if (HasEnded)
        {
            allowed[BarTokens.End] = true;
            return;
        }
        if (_after is After.Pitch)
        {
            allowed[bars.VelocityBins > 0 ? ids.Velocities : ids.Durations].Fill(true);
            return;
        }
        if (_after is After.Velocity)
        {
            allowed[ids.Durations].Fill(true);
            return;
        }
        if (_after is After.Position or After.Note)
        {
            Span<bool> pitches = allowed[ids.Pitches];
            for (int key = _key + 1; key < pitches.Length; key++) pitches[key] = !IsDown(key & 127);
            if (_after is After.Position) return;
        }
        allowed[ids.Bars].Fill(true);
        allowed[BarTokens.End] = true;
        if (_after is After.Nothing) return;
        int firstPosition = _after is After.Note ? Step - _barStart + 1 : 0;
        if (firstPosition < _barSteps) allowed[ids.Positions][firstPosition.._barSteps].Fill(true);
        if (_after is After.Bar) allowed[ids.Lengths][..(_barSteps - 1)].Fill(true);
        if (bars.Tempos && _after is After.Bar or After.Length)
        {
            allowed[ids.Tempos].Fill(true);
            if (_tempos.Count > 0) allowed[ids.Tempos][_tempos[^1].Index] = false;
        }
    }

    private static bool Is(int token, Range range, out int index)
    {
        index = token - range.Start.Value;
        return index >= 0 && token < range.End.Value;
    }

    private void BeginBar(int meter)
    {
        bool cutShort = _barCount > 0 && _barSteps != ids.Known.Steps[_meter];
        Step = _barStart;
        int start = Advanced(_barSteps);
        if (start == _barStart && _barCount > 0) return; // the end of countable time
        if (meter != _meter || cutShort) _meters.Add((start, meter));
        (_barStart, Step, _barSteps, _meter) = (start, start, ids.Known.Steps[meter], meter);
        _barCount++;
        (_after, _key) = (After.Bar, -1);
    }

    private void SetLength(int steps)
    {
        if (_after != After.Bar || steps >= _barSteps) return;
        (_barSteps, _after) = (steps, After.Length);
    }

    private void SetTempo(int index)
    {
        if (_after is not (After.Bar or After.Length)) return;
        if (_tempos.Count == 0 || _tempos[^1].Index != index) _tempos.Add((_barStart, index));
        _after = After.Tempo;
    }

    private void MoveTo(int position)
    {
        if (position >= _barSteps) return;
        Step = _barStart + position;
        (_after, _key) = (After.Position, -1);
    }

    private void SetVelocity(int bin)
    {
        if (_after != After.Pitch) return;
        (_velocity, _after) = (bin, After.Velocity);
    }

    private void EndNote(int steps)
    {
        if (_after is not (After.Pitch or After.Velocity)) return;
        byte velocity = Settings.Velocity;
        if (bars.VelocityBins > 0)
        {
            int bin = _after is After.Velocity ? _velocity : VelocityBin.Of(velocity, bars.VelocityBins);
            velocity = VelocityBin.Middle(bin, bars.VelocityBins);
        }
        Strike(_key & 127, steps, velocity, isLeft: bars.Hands && _key < 128);
        _after = After.Note;
    }
}
