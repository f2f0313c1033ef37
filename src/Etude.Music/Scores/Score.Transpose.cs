namespace Etude.Music.Scores;

public sealed partial record Score
{
    /// <summary>
    /// The score so many semitones higher (or lower, where negative), with its key signatures. Drum parts stay.
    /// </summary>
    /// <param name="semitones">How far.</param>
    /// <param name="fold">
    /// What becomes of a note that would leave 0 to 127: by default an exception, else it stays within by octaves.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A note would leave 0 to 127 and is not to be folded.</exception>
    public Score Transpose(int semitones, bool fold = false)
    {
        return this with
        {
            Tracks = [.. Tracks.Select(track => track.IsDrums ? track : track with { Notes = [.. track.Notes.Select(Move).Order()] })],
            KeySignatures = [.. KeySignatures.Select(key => key with { Sharps = MoveKey(key.Sharps, semitones) })],
        };

        Note Move(Note note)
        {
            int pitch = note.Pitch + semitones;
            if (pitch is >= 0 and <= 127) return note with { Pitch = (byte)pitch };
            if (!fold) throw new ArgumentOutOfRangeException(nameof(semitones), semitones, $"Pitch {note.Pitch} would leave 0 to 127.");
            while (pitch < 0) pitch += 12;
            while (pitch > 127) pitch -= 12;
            return note with { Pitch = (byte)pitch };
        }
    }

    // A semitone up adds seven fifths; of the spellings that sound alike, the one with the fewest signs.
    private static int MoveKey(int sharps, int semitones)
    {
        if (semitones % 12 == 0) return sharps;
        int fifths = ((sharps + 7 * (semitones % 12)) % 12 + 12) % 12;
        return fifths > 6 ? fifths - 12 : fifths;
    }
}
