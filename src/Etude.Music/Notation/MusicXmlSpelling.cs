namespace Etude.Music.Notation;

/// <summary>
/// Names pitches along the line of fifths (F = -1, C = 0, G = 1 ...): within the twelve fifths around the key, and a
/// chromatic note that moves on by a semitone as the neighbour step of where it goes.
/// </summary>
internal static class MusicXmlSpelling
{
    private const string Letters = "FCGDAEB";

    /// <summary>A written pitch.</summary>
    /// <param name="Step">A to G.</param>
    /// <param name="Alter">-2 to 2; sharps are positive.</param>
    /// <param name="Octave">4 begins at middle C.</param>
    public readonly record struct Name(char Step, int Alter, int Octave);

    /// <summary>The name of a key in a signature.</summary>
    /// <param name="pitch">The MIDI key.</param>
    /// <param name="sharps">Sharps of the signature, negative for flats.</param>
    /// <param name="isMinor">Whether the key is minor, whose leading note is raised.</param>
    /// <param name="goesTo">1 or -1 where the next note is a semitone above or below; else 0.</param>
    public static Name Of(int pitch, int sharps, bool isMinor, int goesTo)
    {
        int fifths = InKey(pitch, sharps, isMinor);
        if (goesTo != 0 && !IsDiatonic(fifths, sharps))
        {
            int target = InKey(pitch + goesTo, sharps, isMinor);
            int led = target + 5 * goesTo;
            // Not for the sake of a double sharp or flat.
            if (IsDiatonic(target, sharps) && led is >= -8 and <= 12) fifths = led;
        }
        int alter = (int)Math.Floor((fifths + 1) / 7.0);
        char step = Letters[fifths + 1 - 7 * alter];
        int natural = "C D EF G A B".IndexOf(step, StringComparison.Ordinal);
        return new Name(step, alter, (pitch - alter - natural) / 12 - 1);
    }

    /// <summary>The alteration that a signature gives a step.</summary>
    public static int InSignature(char step, int sharps)
    {
        int place = Letters.IndexOf(step, StringComparison.Ordinal);
        return sharps > 0 ? (place < sharps ? 1 : 0) : (6 - place < -sharps ? -1 : 0);
    }

    private static bool IsDiatonic(int fifths, int sharps) => fifths >= sharps - 1 && fifths <= sharps + 5;

    private static int InKey(int pitch, int sharps, bool isMinor)
    {
        int lowest = sharps - (isMinor ? 2 : 3);
        int fifths = pitch * 7 % 12;
        int place = lowest + ((fifths - lowest) % 12 + 12) % 12;
        // A double sharp is for a leading note; a double flat for no note of these twelve that has another name.
        return place > 12 && place > sharps + 8 ? place - 12 : place < -8 ? place + 12 : place;
    }
}
