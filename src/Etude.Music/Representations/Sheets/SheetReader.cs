using Etude.Music.Scores;

namespace Etude.Music.Representations.Sheets;

/// <summary>Reads tokens of the sheet scheme and knows its grammar.</summary>
internal sealed class SheetReader(SheetRepresentation representation, SheetOptions sheet, DecodeOptions? options)
    : TokenReader(representation, sheet.Grid, options)
{
    private readonly SheetTokens _ids = representation.Tokens;
    private readonly List<(int Step, int Meter)> _meters = []; // where they change, or begin anew after a short bar
    private readonly List<Bar> _holes = []; // to be filled
    private readonly int[] _durations = [-1, -1]; // of the last note of the left and the right hand in this bar
    private Bar _bar;
    private Bar _latest; // the last bar that is not a filled one
    private After _after = After.Nothing;
    private int _filled = -1; // holes that are filled, while they are; else -1
    private int _barCount;
    private int _last = -1; // bars that come after this one, where the countdown has begun
    private bool _mustCount; // it has, and this bar has not said its own
    private int _missing; // the kind of hole that this bar is: 0 none, 1 both hands, 2 left, 3 right
    private int _key = -1; // the last pitch at this position, with the right hand's above the left's
    private int _duration = -1; // said and not yet used

    private enum After
    {
        Nothing,
        Style,
        Key,
        Density,
        Fill,
        Bar,
        Length,
        Last,
        Hole,
        Position,
        Duration,
        Note,
        Resume,
    }

    /// <summary>Bars that have passed; filled ones are not counted again.</summary>
    public override double Bars => _barCount == 0 ? 0
        : HasEnded || IsFilling ? _barCount
        : _barCount - 1 + (Step - _bar.Onset) / (double)_bar.Steps;

    public override Tick BarEnd => Map.TickAt(_bar.Onset + _bar.Steps);

    /// <summary>Whether holes are being filled.</summary>
    private bool IsFilling => _filled >= 0;

    /// <summary>Whether a position may come next.</summary>
    private bool IsInBar => _after is After.Bar or After.Length or After.Last or After.Hole or After.Note;

    public override Score ToScore()
    {
        Score score = Blank();
        if (_meters.Count > 0)
        {
            score = score with
            {
                Meters = [.. _meters.Select(meter => _ids.Meters.All[meter.Meter] with { Onset = Map.TickAt(meter.Step) })],
            };
        }
        return score with { Tracks = ToHands() };
    }

    private protected override void Accept(int token)
    {
        if (token == SheetTokens.End) HasEnded = true;
        else if (Is(token, _ids.Bars, out int meter)) BeginBar(meter);
        else if (Is(token, _ids.Styles, out _)) _after = After.Style;
        else if (Is(token, _ids.Keys, out _)) _after = After.Key;
        else if (Is(token, _ids.Densities, out _)) _after = After.Density;
        else if (_barCount == 0) return;
        else if (token == SheetTokens.Fill) BeginFilling();
        else if (token == SheetTokens.Resume) Resume();
        else if (Is(token, _ids.Lengths, out int length)) SetLength(length + 1);
        else if (Is(token, _ids.Lasts, out int last)) SetLast(last);
        else if (Is(token, _ids.Holes, out int hole)) SetHole(hole);
        else if (Is(token, _ids.Positions, out int position)) MoveTo(position);
        else if (Is(token, _ids.Durations, out int duration)) SetDuration(duration + 1);
        else if (Is(token, _ids.Pitches, out int key)) BeginNote(key);
    }

    private protected override void Restrict(Span<bool> allowed)
    {
        allowed.Clear();
        if (HasEnded)
        {
            allowed[SheetTokens.End] = true;
            return;
        }
        if (_mustCount && _after is (After.Bar or After.Length))
        {
            AllowLengths(allowed);
            allowed[_ids.Lasts][_last] = true;
            return;
        }
        if (_after is After.Position or After.Duration or After.Note)
        {
            AllowPitches(allowed[_ids.Pitches]);
            if (_after is not After.Duration) AllowDurations(allowed[_ids.Durations]);
            if (_after is not After.Note) return;
        }
        if (IsInBar && _missing != 1)
        {
            int first = _after is After.Note ? Step - _bar.Onset + 1 : 0;
            if (first < _bar.Steps) allowed[_ids.Positions][first.._bar.Steps].Fill(true);
        }
        if (IsFilling) AllowFilling(allowed);
        else AllowGoingOn(allowed);
    }

    private static bool Is(int token, Range range, out int index)
    {
        index = token - range.Start.Value;
        return index >= 0 && token < range.End.Value;
    }

    // Of a hand whose duration is known or now said anew.
    private void AllowPitches(Span<bool> pitches)
    {
        for (int key = _key + 1; key < pitches.Length; key++)
        {
            int known = _durations[key / SheetTokens.PitchCount];
            pitches[key] = CanStrike(key) && (_after is After.Duration ? known != _duration : known >= 0);
        }
    }

    // One that some hand, which can still strike a key here, does not have.
    private void AllowDurations(Span<bool> durations)
    {
        Span<bool> canStrike = stackalloc bool[2];
        for (int key = _key + 1; key < 2 * SheetTokens.PitchCount; key++) canStrike[key / SheetTokens.PitchCount] |= CanStrike(key);
        for (int duration = 0; duration < durations.Length; duration++)
        {
            durations[duration] = (canStrike[0] && _durations[0] != duration + 1) || (canStrike[1] && _durations[1] != duration + 1);
        }
    }

    private bool CanStrike(int key) => !IsDown(PitchOf(key)) && _missing != (key < SheetTokens.PitchCount ? 2 : 3);

    // The bars that are filled are those that were left out, in their order.
    private void AllowFilling(Span<bool> allowed)
    {
        if (_filled == _holes.Count)
        {
            allowed[SheetTokens.Resume] = true;
            return;
        }
        allowed[_ids.Bars][_holes[_filled].Meter] = true;
        if (_filled == 0) AllowHeadings(allowed);
    }

    private void AllowGoingOn(Span<bool> allowed)
    {
        if (_after is After.Bar) AllowLengths(allowed);
        if (_last < 0 && _after is (After.Bar or After.Length)) allowed[_ids.Lasts].Fill(true);
        if (_after is After.Bar or After.Length or After.Last) allowed[_ids.Holes].Fill(true);
        bool isLast = _barCount > 0 && (_last == 0 || (_last < 0 && sheet.LastBars == 0));
        if (_last != 0)
        {
            allowed[_ids.Bars].Fill(true);
            if (_barCount % sheet.HeadingBars == 0) AllowHeadings(allowed);
        }
        if (_after is After.Style or After.Key or After.Density) return;
        if (_holes.Count > 0) allowed[SheetTokens.Fill] = true;
        else if (isLast) allowed[SheetTokens.End] = true;
    }

    private void AllowHeadings(Span<bool> allowed)
    {
        if (_after is not (After.Style or After.Key or After.Density)) allowed[_ids.Styles].Fill(true);
        if (_after is not (After.Key or After.Density)) allowed[_ids.Keys].Fill(true);
        if (_after is not After.Density) allowed[_ids.Densities].Fill(true);
    }

    private void AllowLengths(Span<bool> allowed)
    {
        if (_after is After.Bar) allowed[_ids.Lengths][..(_bar.Steps - 1)].Fill(true);
    }

    private static int PitchOf(int key) => Note.LowestPianoPitch + (key % SheetTokens.PitchCount);

    private void BeginBar(int meter)
    {
        if (IsFilling)
        {
            FillNext();
            return;
        }
        bool cutShort = _barCount > 0 && _latest.Steps != _ids.Meters.Steps[_latest.Meter];
        Step = _latest.Onset;
        int start = Advanced(_latest.Steps);
        if (start == _latest.Onset && _barCount > 0) return; // the end of countable time
        if (_barCount == 0 || meter != _latest.Meter || cutShort) _meters.Add((start, meter));
        _latest = new Bar(start, _ids.Meters.Steps[meter], meter);
        _barCount++;
        _mustCount = _last > 0;
        _last = Math.Max(-1, _last - 1);
        Enter(_latest);
    }

    private void FillNext()
    {
        if (_filled >= _holes.Count) return;
        Bar hole = _holes[_filled++];
        Notes.RemoveAll(note => note.Onset >= hole.Onset && note.Onset < hole.Onset + hole.Steps); // they are said again
        GoBackTo(hole.Onset);
        Enter(hole);
    }

    private void Enter(Bar bar)
    {
        (_bar, Step, _after, _key, _missing) = (bar, bar.Onset, After.Bar, -1, 0);
        _durations.AsSpan().Fill(-1);
    }

    private void BeginFilling()
    {
        if (IsFilling || _holes.Count == 0) return;
        (_filled, _after) = (0, After.Fill);
    }

    private void Resume()
    {
        if (!IsFilling) return;
        _holes.Clear();
        (_filled, _bar, _after) = (-1, _latest, After.Resume);
        GoBackTo(_latest.Onset + _latest.Steps);
    }

    private void SetLength(int steps)
    {
        if (_after != After.Bar || IsFilling || steps >= _bar.Steps) return;
        _bar = _latest = _bar with { Steps = steps };
        _after = After.Length;
    }

    private void SetLast(int last)
    {
        if (_after is not (After.Bar or After.Length) || IsFilling) return;
        (_last, _mustCount, _after) = (last, false, After.Last);
    }

    private void SetHole(int kind)
    {
        if (_after is not (After.Bar or After.Length or After.Last) || IsFilling) return;
        _holes.Add(_bar);
        (_missing, _after) = (kind + 1, After.Hole);
    }

    private void MoveTo(int position)
    {
        if (position >= _bar.Steps || !(IsInBar || _after is After.Position or After.Duration)) return;
        Step = _bar.Onset + position;
        (_after, _key) = (After.Position, -1);
    }

    private void SetDuration(int steps)
    {
        if (_after is After.Position or After.Duration or After.Note) (_duration, _after) = (steps, After.Duration);
    }

    private void BeginNote(int key)
    {
        if (_after is not (After.Position or After.Duration or After.Note)) return;
        int hand = key / SheetTokens.PitchCount;
        if (_after is After.Duration) _durations[hand] = _duration;
        if (_durations[hand] < 0) return;
        Strike(PitchOf(key), _durations[hand], Settings.Velocity, isLeft: hand == 0);
        (_key, _after) = (key, After.Note);
    }

    private readonly record struct Bar(int Onset, int Steps, int Meter);
}
