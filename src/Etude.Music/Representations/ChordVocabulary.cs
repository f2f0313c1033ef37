using Etude.Music.Representations.Grids;

namespace Etude.Music.Representations;

/// <summary>The notes and chords that have a token: from a set of pitches to its token, or the nearest, and back.</summary>
internal sealed class ChordVocabulary
{
    private readonly ChordSpelling _spelling;
    private readonly Dictionary<UInt128, int> _ids = [];
    private readonly UInt128[] _chords; // by token; 0 for the tokens before the first chord

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="first">The token of the first chord: all from there on are chords.</param>
    /// <param name="spelling">How chords are named.</param>
    /// <exception cref="FormatException">There is no chord, or a token is none.</exception>
    public ChordVocabulary(Vocabulary vocabulary, int first, ChordSpelling spelling)
    {
        _spelling = spelling;
        _chords = new UInt128[vocabulary.Count];
        for (int id = first; id < _chords.Length; id++)
        {
            _chords[id] = Chords.Parse(vocabulary[id]);
            if (_chords[id] == 0 || !_ids.TryAdd(_chords[id], id))
            {
                throw new FormatException($"The vocabulary's token '{vocabulary[id]}' is no note or chord, or stands there twice: it should read 'E-4', '4.7.0' or 'E4+G4+C5'.");
            }
        }
        if (_ids.Count == 0) throw new FormatException("The vocabulary holds no note and no chord.");
    }

    /// <summary>The pitches of a token, 0 for one that is no chord.</summary>
    public UInt128 this[int token] => _chords[token];

    /// <summary>The names of the chords that a list of groups of notes holds: the most frequent, at most so many, in order of their pitches.</summary>
    public static IEnumerable<string> Names(IEnumerable<UInt128> groups, ChordSpelling spelling, int most = int.MaxValue) =>
        groups.CountBy(pitches => Chords.Canonical(pitches, spelling))
            .OrderByDescending(chord => chord.Value).ThenBy(chord => chord.Key).Take(most)
            .Select(chord => chord.Key).OrderBy(Chords.Count).ThenBy(chord => chord)
            .Select(chord => Chords.NameOf(chord, spelling));

    /// <summary>The onsets of a sorted list of notes: the step, where the group lies in the list, and its pitches.</summary>
    public static IEnumerable<(int Step, Range Notes, UInt128 Pitches)> Groups(List<GridNote> notes)
    {
        for (int start = 0, end; start < notes.Count; start = end)
        {
            UInt128 pitches = 0;
            for (end = start; end < notes.Count && notes[end].Onset == notes[start].Onset; end++) pitches |= UInt128.One << notes[end].Pitch;
            yield return (notes[start].Onset, start..end, pitches);
        }
    }

    /// <summary>
    /// The token of a set of pitches; where there is none the nearest: of a note the nearest note, of a chord the one
    /// with the fewest pitches to add and take away, then with the nearest mean pitch.
    /// </summary>
    public int IdOf(UInt128 pitches, EncodingLosses.Counter losses)
    {
        UInt128 chord = Chords.Canonical(pitches, _spelling);
        losses.Count(EncodingLoss.OctaveMoved, Chords.Count(pitches & ~chord));
        if (_ids.TryGetValue(chord, out int id)) return id;
        losses.Count(EncodingLoss.NotInVocabulary);
        bool isNote = Chords.Count(chord) == 1;
        double mean = Mean(chord);
        return _ids
            .OrderBy(known => isNote && Chords.Count(known.Key) == 1 ? 0 : Chords.Count(known.Key ^ chord))
            .ThenBy(known => Math.Abs(Mean(known.Key) - mean)).ThenBy(known => known.Value).First().Value;
    }

    private static double Mean(UInt128 pitches) => Chords.Pitches(pitches).Average();
}
