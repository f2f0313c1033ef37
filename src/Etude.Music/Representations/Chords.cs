using System.Globalization;

namespace Etude.Music.Representations;

/// <summary>
/// Notes and chords as sets of pitches (bit p is pitch p), and their names: a note "E-4" (sharps #, flats -, middle C is
/// C4), a chord as its <see cref="ChordSpelling"/> says. Two notes an octave apart are the chord of one class, "4".
/// </summary>
internal static class Chords
{
    private static readonly string[] ClassNames = ["C", "C#", "D", "E-", "E", "F", "F#", "G", "G#", "A", "B-", "B"];

    /// <summary>The set that stands for all sets of the same name: of a chord in normal order, the one around the middle octave.</summary>
    public static UInt128 Canonical(UInt128 pitches, ChordSpelling spelling) =>
        spelling == ChordSpelling.Pitches || Count(pitches) < 2 ? pitches : Voiced(NormalOrder(Classes(pitches)));

    public static string NameOf(UInt128 pitches, ChordSpelling spelling) =>
        spelling == ChordSpelling.Pitches || Count(pitches) < 2
            ? string.Join('+', Pitches(pitches).Select(NoteName))
            : string.Join('.', NormalOrder(Classes(pitches)));

    /// <summary>The canonical set of a name, or none (no pitch) where it is no name.</summary>
    public static UInt128 Parse(string name)
    {
        UInt128 pitches = 0;
        if (char.IsAsciiDigit(name.FirstOrDefault()))
        {
            int classes = 0;
            foreach (string part in name.Split('.'))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int pitchClass) || pitchClass > 11) return 0;
                classes |= 1 << pitchClass;
            }
            return Voiced(NormalOrder(classes));
        }
        foreach (string part in name.Split('+'))
        {
            int digits = part.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
            // The lowest octave is -1: its minus sign reads as part of the name unless the class is known without it.
            int pitchClass = Array.IndexOf(ClassNames, part[..digits]);
            bool below = pitchClass < 0 && part[..digits].EndsWith('-');
            if (below) pitchClass = Array.IndexOf(ClassNames, part[..(digits - 1)]);
            if (pitchClass < 0 || !int.TryParse(part.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out int octave)) return 0;
            int pitch = 12 * ((below ? -octave : octave) + 1) + pitchClass;
            if (pitch is < 0 or > 127) return 0;
            pitches |= UInt128.One << pitch;
        }
        return pitches;
    }

    /// <summary>The number of pitches in a set.</summary>
    public static int Count(UInt128 pitches) => (int)UInt128.PopCount(pitches);

    /// <summary>The pitches of a set from low to high.</summary>
    public static IEnumerable<int> Pitches(UInt128 pitches)
    {
        for (; pitches != 0; pitches &= pitches - 1) yield return (int)UInt128.TrailingZeroCount(pitches);
    }

    /// <summary>Pitch classes (bit c is class c) in normal order.</summary>
    public static int[] NormalOrder(int classes)
    {
        int[] ascending = [.. Enumerable.Range(0, 12).Where(pitchClass => (classes >> pitchClass & 1) != 0)];
        int[] best = ascending;
        for (int start = 1; start < ascending.Length; start++)
        {
            int[] rotation = [.. ascending[start..], .. ascending[..start]];
            // Strictly more compact, so that of equal ones the lowest beginning stays.
            if (IsMoreCompact(rotation, best)) best = rotation;
        }
        return best;
    }

    private static bool IsMoreCompact(int[] a, int[] b)
    {
        for (int last = a.Length - 1; last > 0; last--)
        {
            int difference = Span(a, last) - Span(b, last);
            if (difference != 0) return difference < 0;
        }
        return false;

        static int Span(int[] classes, int last) => (classes[last] - classes[0] + 12) % 12;
    }

    private static int Classes(UInt128 pitches)
    {
        int classes = 0;
        foreach (int pitch in Pitches(pitches)) classes |= 1 << pitch % 12;
        return classes;
    }

    /// <summary>The first class in the octave from middle C, the others above it in their order; one class alone with its octave.</summary>
    private static UInt128 Voiced(int[] normalOrder)
    {
        int first = 60 + normalOrder[0];
        UInt128 pitches = normalOrder.Length == 1 ? UInt128.One << first + 12 : 0;
        foreach (int pitchClass in normalOrder) pitches |= UInt128.One << first + (pitchClass - normalOrder[0] + 12) % 12;
        return pitches;
    }

    private static string NoteName(int pitch) => string.Create(CultureInfo.InvariantCulture, $"{ClassNames[pitch % 12]}{pitch / 12 - 1}");
}
