using System.Runtime.InteropServices;
using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>
/// Follows a piece while it is being composed and says how many of its last notes stand in the corpus in the same
/// order, with the same intervals and rhythm, so that a sampler can refuse a note that would copy too much.
/// </summary>
/// <remarks>One guard for one piece; not for several threads. A question costs some tens of microseconds.</remarks>
public sealed class CopyGuard
{
    private readonly CorpusIndex _index;
    private readonly int _ticksPerQuarter;
    private readonly List<GridNote> _notes = [];
    private readonly List<int> _symbols = [];

    /// <summary>Begins a piece.</summary>
    /// <param name="index">The corpus that must not be copied.</param>
    /// <param name="ticksPerQuarter">The resolution of the notes that will be pushed.</param>
    /// <param name="longestRun">The longest run of notes that <see cref="Allows"/> lets stand. Default 16.</param>
    public CopyGuard(CorpusIndex index, int ticksPerQuarter, int longestRun = 16)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerQuarter, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestRun, 1);
        (_index, _ticksPerQuarter, LongestRun) = (index, ticksPerQuarter, longestRun);
    }

    /// <summary>The longest run of notes shared with the corpus that is allowed.</summary>
    public int LongestRun { get; }

    /// <summary>How many of the last notes pushed stand in the corpus; 1 after a note that continues nothing.</summary>
    public int Run { get; private set; }

    /// <summary>Adds a note and returns the new <see cref="Run"/>.</summary>
    /// <param name="note">
    /// A note that begins no earlier than the last one. Notes of one onset may come in any order; one that sounds
    /// already at that onset changes nothing.
    /// </param>
    public int Push(Note note)
    {
        (int place, bool isNew) = PlaceOf(OnGrid(note));
        if (isNew) Insert(place, OnGrid(note));
        return Run = isNew ? LongestSuffix() : Run;
    }

    /// <summary>What <see cref="Run"/> would be after a note, which is not added.</summary>
    public int RunWith(Note note)
    {
        (int place, bool isNew) = PlaceOf(OnGrid(note));
        if (!isNew) return Run;
        Insert(place, OnGrid(note));
        int run = LongestSuffix();
        RemoveAt(place);
        return run;
    }

    /// <summary>Whether a note keeps the run within <see cref="LongestRun"/>.</summary>
    public bool Allows(Note note) => RunWith(note) <= LongestRun;

    /// <summary>Forgets all notes.</summary>
    public void Reset()
    {
        _notes.Clear();
        _symbols.Clear();
        Run = 0;
    }

    private GridNote OnGrid(Note note) => new(NoteLine.Step(note.Onset.Value, _ticksPerQuarter), note.Pitch, 1);

    private (int Place, bool IsNew) PlaceOf(GridNote note)
    {
        int place = _notes.Count;
        while (place > 0 && _notes[place - 1].CompareTo(note) > 0) place--;
        return (place, place == 0 || _notes[place - 1].CompareTo(note) != 0);
    }

    private void Insert(int place, GridNote note)
    {
        _notes.Insert(place, note);
        if (_notes.Count > 1) _symbols.Insert(Math.Min(place, _symbols.Count), 0);
        Renew(place - 1);
        Renew(place);
    }

    private void RemoveAt(int place)
    {
        _notes.RemoveAt(place);
        if (_symbols.Count > 0) _symbols.RemoveAt(Math.Min(place, _symbols.Count - 1));
        Renew(place - 1);
    }

    private void Renew(int symbol)
    {
        if (symbol >= 0 && symbol < _symbols.Count) _symbols[symbol] = NoteLine.Symbol(_notes[symbol], _notes[symbol + 1]);
    }

    // Whatever ends a passage of the corpus stands there too, so lengths can be halved.
    private int LongestSuffix()
    {
        ReadOnlySpan<int> symbols = CollectionsMarshal.AsSpan(_symbols);
        int found = 0, missing = 1;
        while (missing <= symbols.Length && Stands(symbols[^missing..])) (found, missing) = (missing, missing * 2);
        missing = Math.Min(missing, symbols.Length + 1);
        while (missing - found > 1)
        {
            int length = (found + missing) / 2;
            if (Stands(symbols[^length..])) found = length;
            else missing = length;
        }
        return found + 1;
    }

    private bool Stands(ReadOnlySpan<int> symbols) => _index.LongestMatch(symbols).Length == symbols.Length;
}
