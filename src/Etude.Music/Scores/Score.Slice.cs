using System.Collections.Immutable;

namespace Etude.Music.Scores;

public sealed partial record Score
{
    /// <summary>The bars of the given numbers (<see cref="BarMap"/>), both among them, as a score of its own.</summary>
    /// <remarks>As <see cref="Slice"/>; bars beyond the end are empty.</remarks>
    /// <param name="first">The first bar.</param>
    /// <param name="last">The last bar, not before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first bar does not exist, or the last comes before it.</exception>
    public Score SliceBars(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var bars = new BarMap(this);
        return Slice(bars[first].Onset, bars[last].End);
    }

    /// <summary>The stretch between two ticks as a score of its own that begins at tick 0.</summary>
    /// <remarks>
    /// It has the notes that begin in the stretch, cut where it ends (a note that sounds into it from before is left
    /// out), the pedal cut at both sides, and begins with the tempo, meter and key then in force: bars count anew from
    /// the start. All tracks stay, also those that are silent in it.
    /// </remarks>
    /// <param name="from">Where it begins, 0 or later.</param>
    /// <param name="to">Where it ends; what begins there is no part of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It begins before 0, or does not end after it begins.</exception>
    public Score Slice(Tick from, Tick to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, Tick.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        return this with
        {
            Tracks = [.. Tracks.Select(track => track with
            {
                // Cut ends may be out of order with those of the same onset and pitch.
                Notes = [.. track.Notes.Where(note => note.Onset >= from && note.Onset < to)
                    .Select(note => note with { Onset = note.Onset - from, Duration = Tick.Min(note.End, to) - note.Onset }).Order()],
                Pedals = [.. track.Pedals.Where(pedal => pedal.Onset < to && pedal.End > from)
                    .Select(pedal => (Onset: Tick.Max(pedal.Onset, from), End: Tick.Min(pedal.End, to)))
                    .Select(span => new Pedal(span.Onset - from, span.End - span.Onset))],
            })],
            Tempos = InForce(Tempos, tempo => tempo.Onset, (tempo, onset) => tempo with { Onset = onset }),
            Meters = InForce(Meters, meter => meter.Onset, (meter, onset) => meter with { Onset = onset }),
            KeySignatures = InForce(KeySignatures, key => key.Onset, (key, onset) => key with { Onset = onset }),
        };

        ImmutableArray<T> InForce<T>(ImmutableArray<T> items, Func<T, Tick> onset, Func<T, Tick, T> at) =>
            LastOfEach(items.Where(item => onset(item) < to).Select(item => at(item, Tick.Max(onset(item), from) - from)),
                item => onset(item));
    }
}
