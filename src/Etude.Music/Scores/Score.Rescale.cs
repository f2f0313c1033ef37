using System.Collections.Immutable;

namespace Etude.Music.Scores;

public sealed partial record Score
{
    /// <summary>
    /// The same music counted in other ticks. Onsets and ends go to the nearest new tick (halfway to the later), and
    /// notes and pedals keep at least one; of tempos, meters and keys that fall together, the last holds.
    /// </summary>
    /// <param name="ticksPerQuarter">The new <see cref="TicksPerQuarter"/>, 1 to 32,767.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range, or makes the score longer than MIDI can write.</exception>
    public Score Rescale(int ticksPerQuarter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ticksPerQuarter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticksPerQuarter, short.MaxValue);
        int before = TicksPerQuarter;
        Score rescaled = MoveTicks(Move) with { TicksPerQuarter = ticksPerQuarter };
        return rescaled.FirstFault() is { } fault
            ? throw new ArgumentOutOfRangeException(nameof(ticksPerQuarter), ticksPerQuarter, $"The score would have {fault}.")
            : rescaled;

        Tick Move(Tick tick) => new((int)Math.Min(int.MaxValue, ((2L * tick.Value * ticksPerQuarter) + before) / (2L * before)));
    }

    /// <summary>The score with every time moved by one rule that keeps their order.</summary>
    private Score MoveTicks(Func<Tick, Tick> move)
    {
        return this with
        {
            Tracks = [.. Tracks.Select(track => track with
            {
                Notes = [.. track.Notes.Select(note => note with { Onset = move(note.Onset), Duration = Length(note.Onset, note.End) }).Order()],
                Pedals = MovePedals(track.Pedals),
            })],
            Tempos = LastOfEach(Tempos.Select(tempo => tempo with { Onset = move(tempo.Onset) }), tempo => tempo.Onset),
            Meters = LastOfEach(Meters.Select(meter => meter with { Onset = move(meter.Onset) }), meter => meter.Onset),
            KeySignatures = LastOfEach(KeySignatures.Select(key => key with { Onset = move(key.Onset) }), key => key.Onset),
        };

        Tick Length(Tick onset, Tick end) => Tick.Max(new(1), move(end) - move(onset));

        // Two pedals that one tick is too coarse to part become one.
        ImmutableArray<Pedal> MovePedals(ImmutableArray<Pedal> pedals)
        {
            var moved = ImmutableArray.CreateBuilder<Pedal>();
            foreach (Pedal pedal in pedals)
            {
                var next = new Pedal(move(pedal.Onset), Length(pedal.Onset, pedal.End));
                if (moved.Count > 0 && moved[^1].End > next.Onset) next = new(moved[^1].Onset, next.End - moved[^1].Onset);
                if (moved.Count > 0 && moved[^1].Onset == next.Onset) moved[^1] = next;
                else moved.Add(next);
            }
            return moved.ToImmutable();
        }
    }

    /// <summary>Of items in the order of time, the last at each tick.</summary>
    internal static ImmutableArray<T> LastOfEach<T>(IEnumerable<T> inOrder, Func<T, Tick> onset)
    {
        var result = ImmutableArray.CreateBuilder<T>();
        foreach (T item in inOrder)
        {
            if (result.Count > 0 && onset(result[^1]) == onset(item)) result[^1] = item;
            else result.Add(item);
        }
        return result.ToImmutable();
    }
}
