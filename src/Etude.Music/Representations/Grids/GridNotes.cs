using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Representations.Grids;

/// <summary>The notes of a score on a grid, as one keyboard can play them: no key is struck while it is down.</summary>
internal static class GridNotes
{
    private const int MostSteps = 10_000_000;

    /// <summary>
    /// The piano parts as one list: onsets and ends go to their nearest step, a note keeps at least one step, and what
    /// one keyboard cannot play is mended as <see cref="Resolve"/> says.
    /// </summary>
    /// <param name="score">What to read.</param>
    /// <param name="map">Where the steps of the grid fall in it.</param>
    /// <param name="lowest">The lowest key that is kept.</param>
    /// <param name="highest">The highest key that is kept.</param>
    /// <param name="losses">Where what is left out or changed is counted.</param>
    /// <param name="hands">Whether left and right hand are told apart.</param>
    public static List<GridNote> Read(
        Score score, GridMap map, int lowest, int highest, EncodingLosses.Counter losses, bool hands = false)
    {
        List<GridNote> notes = [];
        int[] leftBelow = hands ? Hands.LeftBelow(score) : new int[score.Tracks.Length];
        foreach (var (part, track) in score.Tracks.Index())
        {
            if (!track.IsPiano)
            {
                losses.Count(EncodingLoss.OtherInstrument, track.Notes.Length);
                continue;
            }
            losses.Count(EncodingLoss.Pedal, track.Pedals.Length);
            foreach (Note note in track.Notes)
            {
                if (note.Pitch < lowest || note.Pitch > highest)
                {
                    losses.Count(EncodingLoss.OutsideKeyboard);
                    continue;
                }
                notes.Add(Place(note, map) with { IsLeft = note.Pitch < leftBelow[part] });
            }
        }
        Resolve(notes, losses);
        return notes;
    }

    /// <summary>A note on its nearest steps, at least one long.</summary>
    public static GridNote Place(Note note, GridMap map)
    {
        int onset = map.StepAt(note.Onset);
        return new GridNote(onset, Math.Max(onset + 1, map.StepAt(note.End)), note.Pitch, note.Velocity);
    }

    /// <summary>
    /// Sorts the notes and mends what one keyboard cannot play: of notes that strike one key in one step the longest
    /// stays, and a note that is down when its key is struck again ends there.
    /// </summary>
    public static void Resolve(List<GridNote> notes, EncodingLosses.Counter? losses = null)
    {
        notes.Sort();
        Span<int> last = stackalloc int[128]; // where the last note of each pitch went, plus one
        int kept = 0;
        for (int i = 0; i < notes.Count; i++)
        {
            GridNote note = notes[i];
            int before = last[note.Pitch] - 1;
            if (before >= 0 && notes[before].Onset == note.Onset)
            {
                losses?.Count(EncodingLoss.SameKeyTwice);
                continue;
            }
            if (before >= 0 && notes[before].End > note.Onset)
            {
                notes[before] = notes[before] with { End = note.Onset };
                losses?.Count(EncodingLoss.CutByRepeat);
            }
            notes[kept] = note;
            last[note.Pitch] = ++kept;
        }
        notes.RemoveRange(kept, notes.Count - kept);
    }

    /// <summary>The steps until the last note ends.</summary>
    /// <exception cref="ArgumentException">There are so many that a table of them would not fit in memory.</exception>
    public static int Length(List<GridNote> notes)
    {
        int length = notes.Count == 0 ? 0 : notes.Max(note => note.End);
        return length <= MostSteps
            ? length
            : throw new ArgumentException(
                FormattableString.Invariant($"The score lasts {length} steps of the grid, more than {MostSteps}: cut out the passage that is meant."));
    }

    /// <summary>The notes as notes of a score.</summary>
    public static ImmutableArray<Note> ToTrack(IEnumerable<GridNote> notes, GridMap map)
    {
        var track = ImmutableArray.CreateBuilder<Note>();
        foreach (GridNote note in notes)
        {
            Tick onset = map.TickAt(note.Onset);
            Tick end = Tick.Max(map.TickAt(note.End), onset + new Tick(1));
            track.Add(new Note(onset, end - onset, note.Pitch, note.Velocity));
        }
        track.Sort();
        return track.DrainToImmutable();
    }
}
