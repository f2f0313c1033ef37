using System.Runtime.InteropServices;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>
/// Follows a piece while it is being composed and says which notes would make a run of notes shared with the corpus longer
/// than <see cref="CorpusRuns.LongestRun"/>, in any key, so that a sampler can refuse them:
/// <c>if (guard.Allows(note)) guard.Push(note);</c>
/// </summary>
/// <remarks>One guard for one piece; not for several threads. A question costs less than a microsecond and allocates nothing.</remarks>
/// <param name="runs">The corpus that must not be copied.</param>
/// <param name="ticksPerQuarter">The resolution of the notes, 1 or more.</param>
public sealed class CopyGuard(CorpusRuns runs, int ticksPerQuarter)
{
    private readonly List<GridNote> _notes = [];
    private readonly int[] _symbols = new int[runs.LongestRun];

    /// <summary>Whether the piece may go on with a note.</summary>
    /// <param name="note">As for <see cref="Push"/>; it is not added.</param>
    public bool Allows(Note note)
    {
        (int place, bool isNew) = PlaceOf(OnGrid(note));
        if (!isNew) return true;
        _notes.Insert(place, OnGrid(note));
        bool stands = false;
        // The note may end a run of the corpus, or, put between notes of its onset, stand within one.
        for (int end = place; end < _notes.Count && !stands; end++) stands = Stands(end);
        _notes.RemoveAt(place);
        return !stands;
    }

    /// <summary>Adds a note.</summary>
    /// <param name="note">
    /// A note that begins no earlier than the last one. Notes of one onset may come in any order; one that sounds
    /// already at that onset changes nothing.
    /// </param>
    public void Push(Note note)
    {
        (int place, bool isNew) = PlaceOf(OnGrid(note));
        if (isNew) _notes.Insert(place, OnGrid(note));
    }

    /// <summary>Forgets all notes.</summary>
    public void Reset() => _notes.Clear();

    private GridNote OnGrid(Note note) => new(NoteLine.Step(note.Onset.Value, ticksPerQuarter), note.Pitch, 1);

    private (int Place, bool IsNew) PlaceOf(GridNote note)
    {
        int place = _notes.Count;
        while (place > 0 && _notes[place - 1].CompareTo(note) > 0) place--;
        return (place, place == 0 || _notes[place - 1].CompareTo(note) != 0);
    }

    private bool Stands(int end)
    {
        int first = end - runs.LongestRun;
        if (first < 0) return false;
        ReadOnlySpan<GridNote> notes = CollectionsMarshal.AsSpan(_notes)[first..(end + 1)];
        for (int i = 0; i < _symbols.Length; i++) _symbols[i] = NoteLine.Symbol(notes[i], notes[i + 1]);
        return runs.Holds(_symbols);
    }
}
