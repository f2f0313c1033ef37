using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Representations.Bars;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations.Sheets;

/// <summary>Writes the bars of one score as a sheet.</summary>
internal sealed class SheetWriter
{
    private readonly SheetOptions _options;
    private readonly SheetTokens _ids;
    private readonly SheetPlan _plan;
    private readonly EncodingLosses.Counter _losses;
    private readonly GridBar[] _bars;
    private readonly GridNote[] _notes;
    private readonly Range[] _notesOf; // each bar
    private readonly int _style;
    private readonly ImmutableArray<int>.Builder _tokens;

    public SheetWriter(
        SheetOptions options, SheetTokens ids, SheetPlan plan, List<GridNote> notes, GridBar[] bars, EncodingLosses.Counter losses)
    {
        (_options, _ids, _plan, _bars, _losses) = (options, ids, plan, bars, losses);
        notes.Sort(GridNote.ByOnsetThenHand);
        _notes = [.. notes];
        _notesOf = new Range[bars.Length];
        int next = 0;
        for (int bar = 0; bar < bars.Length; bar++)
        {
            int first = next;
            while (next < _notes.Length && _notes[next].Onset < bars[bar].End) next++;
            _notesOf[bar] = first..next;
        }
        _style = plan.Style is { } name ? options.Styles.Index().Where(style => style.Item.Name == name).Select(style => style.Index).DefaultIfEmpty(-1).First() : -1;
        if (plan.Style is not null && _style < 0)
        {
            string known = options.Styles.Length == 0 ? "none" : string.Join(", ", options.Styles.Select(style => style.Name));
            throw new ArgumentException($"There is no style '{plan.Style}'; the model knows {known}.", nameof(plan));
        }
        _tokens = ImmutableArray.CreateBuilder<int>(notes.Count * 3);
    }

    public ImmutableArray<int> Write()
    {
        int gap = 0;
        for (int bar = 0; bar < _bars.Length; bar++)
        {
            if (gap < _plan.Gaps.Length && bar >= _plan.Gaps[gap].FilledBefore) Fill(_plan.Gaps[gap++]);
            bool inGap = gap < _plan.Gaps.Length && bar >= _plan.Gaps[gap].FirstBar && bar < _plan.Gaps[gap].FirstBar + _plan.Gaps[gap].BarCount;
            if (bar % _options.HeadingBars == 0) AddHeadings(bar, Math.Min(bar + _options.HeadingBars, _bars.Length));
            AddBar(bar);
            if (inGap) AddHole(bar, _plan.Gaps[gap].Kept);
            else AddNotes(bar, kept: null);
        }
        if (gap < _plan.Gaps.Length && _plan.Gaps[gap].FirstBar < _bars.Length) Fill(_plan.Gaps[gap]);
        return _tokens.DrainToImmutable();
    }

    private void Fill(SheetGap gap)
    {
        int end = Math.Min(gap.FirstBar + gap.BarCount, _bars.Length);
        _tokens.Add(SheetTokens.Fill);
        AddHeadings(gap.FirstBar, end);
        for (int bar = gap.FirstBar; bar < end; bar++)
        {
            _tokens.Add(_ids.Bars.Start.Value + _bars[bar].Meter);
            AddNotes(bar, kept: null);
        }
        _tokens.Add(SheetTokens.Resume);
    }

    private void AddHeadings(int first, int end)
    {
        if (_style >= 0) _tokens.Add(_ids.Styles.Start.Value + _style);
        ReadOnlySpan<GridNote> notes = _notes.AsSpan(_notesOf[first].Start.Value.._notesOf[end - 1].End.Value);
        if (_plan.Keys && KeyOf(notes) is { } key) _tokens.Add(_ids.Keys.Start.Value + SheetTokens.IndexOf(key));
        if (_plan.Densities)
        {
            double quarters = (_bars[end - 1].End - _bars[first].Onset) / (double)_options.Grid.Steps;
            _tokens.Add(_ids.Densities.Start.Value + SheetTokens.DensityOf(notes.Length / quarters));
        }
    }

    private static Key? KeyOf(ReadOnlySpan<GridNote> notes)
    {
        Span<double> weights = stackalloc double[12];
        foreach (GridNote note in notes) weights[note.Pitch % 12] += note.End - note.Onset;
        return KeyFinder.Find(weights)?.Key;
    }

    private void AddBar(int bar)
    {
        (_, int steps, int meter) = _bars[bar];
        _tokens.Add(_ids.Bars.Start.Value + meter);
        if (steps != _ids.Meters.Steps[meter]) _tokens.Add(_ids.Lengths.Start.Value + steps - 1);
        int after = _bars.Length - 1 - bar;
        if (_plan.Ends && after < _options.LastBars) _tokens.Add(_ids.Lasts.Start.Value + after);
    }

    private void AddHole(int bar, Hand? kept)
    {
        _tokens.Add(_ids.Holes.Start.Value + kept switch { null => 0, Hand.Right => 1, _ => 2 });
        if (kept is { } hand) AddNotes(bar, hand);
    }

    private void AddNotes(int bar, Hand? kept)
    {
        int position = -1;
        (int Left, int Right) durations = (-1, -1);
        foreach (GridNote note in _notes.AsSpan(_notesOf[bar]))
        {
            if (kept is { } hand && note.IsLeft != (hand == Hand.Left)) continue;
            int at = note.Onset - _bars[bar].Onset;
            if (at != position) _tokens.Add(_ids.Positions.Start.Value + at);
            position = at;
            int duration = Math.Min(note.End - note.Onset, _options.LongestSteps);
            if (note.End - note.Onset > _options.LongestSteps) _losses.Count(EncodingLoss.TooLong);
            if (duration != (note.IsLeft ? durations.Left : durations.Right)) _tokens.Add(_ids.Durations.Start.Value + duration - 1);
            durations = note.IsLeft ? (duration, durations.Right) : (durations.Left, duration);
            _tokens.Add(_ids.Pitches.Start.Value + note.Pitch - Note.LowestPianoPitch + (note.IsLeft ? 0 : SheetTokens.PitchCount));
        }
    }
}
