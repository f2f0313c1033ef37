using System.Collections.Immutable;

namespace Etude.Music.Scores;

public sealed partial record Score
{
    /// <summary>
    /// The score as it sounds: a note whose key comes up while the pedal is down lasts until the pedal comes up or its
    /// pitch is struck again in the same track. The pedals are then gone.
    /// </summary>
    /// <remarks>A key that comes up at the very tick where the pedal goes down is not held.</remarks>
    public Score WithPedalApplied() => this with
    {
        Tracks = [.. Tracks.Select(track => track.Pedals.IsEmpty ? track : track with { Notes = Sustain(track), Pedals = [] })],
    };

    private static ImmutableArray<Note> Sustain(Track track)
    {
        var notes = track.Notes.ToArray();
        var nextOnset = new int[128];
        Array.Fill(nextOnset, int.MaxValue);
        // Backwards, so that the next onset of each pitch is known.
        for (int i = notes.Length - 1; i >= 0; i--)
        {
            Note note = notes[i];
            if (PedalEndAt(track.Pedals, note.End) is { } pedalEnd)
            {
                Tick end = Tick.Max(note.End, Tick.Min(pedalEnd, new(nextOnset[note.Pitch])));
                notes[i] = note with { Duration = end - note.Onset };
            }
            // Of notes struck together, all last until the pitch is struck later.
            if (i > 0 && notes[i - 1].Onset != note.Onset) Strike(i);
        }
        Array.Sort(notes);
        return [.. notes];

        void Strike(int first)
        {
            for (int i = first; i < notes.Length && notes[i].Onset == notes[first].Onset; i++) nextOnset[notes[i].Pitch] = notes[i].Onset.Value;
        }
    }

    private static Tick? PedalEndAt(ImmutableArray<Pedal> pedals, Tick tick)
    {
        int low = 0, high = pedals.Length;
        while (low < high) // the first pedal that ends after the tick
        {
            int middle = (low + high) / 2;
            if (pedals[middle].End > tick) high = middle;
            else low = middle + 1;
        }
        return low < pedals.Length && pedals[low].Onset < tick ? pedals[low].End : null;
    }
}
