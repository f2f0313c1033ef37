namespace Etude.Music.Notation;

/// <summary>
/// Chooses treble or bass clef for each bar of a staff: the cheapest path by dynamic programming, where ledger lines
/// beyond the first cost and so does every change.
/// </summary>
internal static class MusicXmlClefs
{
    private const double ChangeCost = 12;

    /// <summary>For each bar, whether the clef is the treble clef.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="chords">The chords of the staff.</param>
    /// <param name="isUpper">Whether it is the upper staff, which begins in treble where nothing speaks against it.</param>
    public static bool[] Choose(List<MusicXmlBar> bars, List<MusicXmlChord> chords, bool isUpper)
    {
        double[] treble = new double[bars.Count], bass = new double[bars.Count];
        foreach (var chord in chords)
        {
            int bar = MusicXmlBar.IndexAt(bars, chord.Onset);
            // E4 to F5 and G2 to A3 lie on the staff.
            treble[bar] += chord.Pitches.Max(pitch => LedgerCost(64 - pitch, pitch - 77));
            bass[bar] += chord.Pitches.Max(pitch => LedgerCost(43 - pitch, pitch - 57));
        }
        bool[] cameFromTreble = new bool[bars.Count * 2], result = new bool[bars.Count];
        double inTreble = isUpper ? 0 : ChangeCost, inBass = isUpper ? ChangeCost : 0;
        for (int i = 0; i < bars.Count; i++)
        {
            cameFromTreble[2 * i] = inTreble <= inBass + ChangeCost;
            cameFromTreble[2 * i + 1] = inTreble + ChangeCost < inBass;
            (inTreble, inBass) = (Math.Min(inTreble, inBass + ChangeCost) + treble[i], Math.Min(inBass, inTreble + ChangeCost) + bass[i]);
        }
        bool isTreble = inTreble < inBass || (isUpper && inTreble == inBass);
        for (int i = bars.Count - 1; i >= 0; i--)
        {
            result[i] = isTreble;
            isTreble = cameFromTreble[isTreble ? 2 * i : 2 * i + 1];
        }
        return result;
    }

    private static double LedgerCost(int semitonesBelow, int semitonesAbove)
    {
        double lines = Math.Max(semitonesBelow, semitonesAbove) / 3.5;
        return lines <= 1.2 ? 0 : (lines - 1) * (lines - 1);
    }
}
