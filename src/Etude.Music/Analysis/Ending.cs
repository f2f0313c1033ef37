using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>How a piece comes to its end.</summary>
public static class Ending
{
    /// <summary>
    /// Whether the last bar comes to rest on the tonic chord: from some onset in it on, nothing sounds but the tonic, its third (in
    /// minor the major one too) and its fifth, and the lowest of it is the tonic. Chords may be broken. False without notes.
    /// </summary>
    /// <param name="score">The piece; drum parts are ignored.</param>
    /// <param name="key">Its key; by default what <see cref="KeyFinder"/> hears in the whole of it.</param>
    public static bool IsOnTonic(Score score, Key? key = null)
    {
        ImmutableArray<Note> notes = score.NotesInOrder(track => !track.IsDrums);
        if (notes.IsEmpty || (key ?? KeyFinder.Find(score)?.Key) is not { } home) return false;
        Tick bar = new BarMap(score).At(notes[^1].Onset).Onset;
        return notes.Where(note => note.Onset >= bar).Select(note => note.Onset).Distinct().Any(RestsFrom);

        bool RestsFrom(Tick onset)
        {
            Note[] heard = [.. notes.Where(note => note.End > onset)];
            return heard.Select(note => (note.Pitch - home.Tonic + 120) % 12).All(degree => degree is 0 or 4 or 7 || (home.IsMinor && degree == 3))
                && heard.Min(note => note.Pitch) % 12 == home.Tonic;
        }
    }
}
