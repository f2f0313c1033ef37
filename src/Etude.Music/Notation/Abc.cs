using Etude.Music.Scores;

namespace Etude.Music.Notation;

/// <summary>
/// Reads and writes tunes in ABC notation, version 2.1 of the standard at abcnotation.com, as far as notes go.
/// </summary>
/// <remarks>
/// <para>Read: the fields X, T, C, M, L, Q, K and V (as lines or inline), notes with accidentals, octaves and lengths,
/// rests, chords, ties, tuplets, broken rhythm, bars, repeats with numbered endings. An accidental holds to the end of
/// the bar in all octaves, as the standard has it by default; a tied note keeps it over the bar line.</para>
/// <para>Passed over, since they are not notes: other fields, words, chord symbols, decorations, slurs. Grace notes are
/// passed over and remarked. Voice overlays (&amp;) and macros are errors.</para>
/// </remarks>
public static class Abc
{
    /// <summary>Reads a text that holds one tune.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What to call it in an error: the file's path.</param>
    /// <exception cref="FormatException">It cannot be read as ABC; the message names line and column and the mend.</exception>
    public static AbcReading Read(string text, string name = "ABC text")
    {
        ArgumentNullException.ThrowIfNull(text);
        return new AbcParser(name).Read(text);
    }

    /// <summary>Writes a score as a tune with one voice a track.</summary>
    /// <remarks>
    /// Notes that overlap are written as tied chords, so that reading the text gives the same notes at the same times,
    /// rounded to 48 steps to the quarter note. Velocities, pedal and drums are left out; a tempo change inside a bar
    /// moves to its end.
    /// </remarks>
    /// <param name="score">The music.</param>
    /// <param name="title">The title; the first text of the score if null.</param>
    public static string Write(Score score, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(score);
        return new AbcWriter(score).Write(title ?? score.Texts.FirstOrDefault() ?? "Untitled");
    }
}
