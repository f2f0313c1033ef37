using System.Text;
using Etude.Music.Representations.Grids;

namespace Etude.Music.Notation;

/// <summary>
/// A roll of the 88 piano keys as text: the keys that sound in a step stand together, lowest first, as the characters
/// '!' (33, A0) to 'x' (120, C8), and one space parts two steps; middle C is 'H'. A silent step prints nothing, so
/// silence is a run of spaces: "HLO HLO  M" is a chord held for two steps, a silent step, and a note.
/// </summary>
/// <remarks>The end of a line parts two steps as a space does, but for the one that ends the text; no text is no steps.</remarks>
public static class RollText
{
    private const int Keys = 88;
    private const char Lowest = '!', Highest = 'x';

    /// <summary>Writes a roll as text that ends with a line's end.</summary>
    /// <param name="roll">[steps, 88].</param>
    /// <param name="stepsPerLine">How many steps stand in a line, such as 16 for a bar a line; 0, the default, puts all in one.</param>
    /// <exception cref="ArgumentException">The roll has another width.</exception>
    public static string Write(Roll roll, int stepsPerLine = 0)
    {
        ArgumentNullException.ThrowIfNull(roll);
        ArgumentOutOfRangeException.ThrowIfNegative(stepsPerLine);
        if (roll.Width != Keys) throw new ArgumentException($"The text form has {Keys} keys, this roll {roll.Width} columns.", nameof(roll));
        var text = new StringBuilder();
        for (int step = 0; step < roll.Steps; step++)
        {
            if (step > 0) text.Append(stepsPerLine > 0 && step % stepsPerLine == 0 ? '\n' : ' ');
            for (int key = 0; key < Keys; key++)
            {
                if (roll[step, key]) text.Append((char)(Lowest + key));
            }
        }
        return roll.Steps == 0 ? "" : text.Append('\n').ToString();
    }

    /// <summary>Reads text of that form. The keys of a step may stand in any order.</summary>
    /// <param name="text">The text; any line ends.</param>
    /// <param name="name">What to call it in an error: the file's path.</param>
    /// <returns>[steps, 88].</returns>
    /// <exception cref="FormatException">A character is no key; the message names line and column.</exception>
    public static Roll Read(string text, string name = "roll text")
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return new Roll(0, Keys);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[^1].Length == 0) lines = lines[..^1];
        var roll = new Roll(lines.Sum(line => line.Count(' ') + 1), Keys);
        int step = 0;
        for (int line = 0; line < lines.Length; line++, step++)
        {
            for (int column = 0; column < lines[line].Length; column++)
            {
                char key = lines[line][column];
                if (key == ' ') step++;
                else if (key is >= Lowest and <= Highest) roll[step, key - Lowest] = true;
                else
                {
                    throw new FormatException(FormattableString.Invariant(
                        $"{name}, line {line + 1}, column {column + 1}: U+{(int)key:X4} is no key: keys are '!' (A0) to 'x' (C8), and one space parts two steps."));
                }
            }
        }
        return roll;
    }
}
