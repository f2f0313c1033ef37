using System.Collections.Immutable;

namespace Etude.Music.Analysis;

/// <summary>A chord by its root and kind.</summary>
/// <param name="Root">The root's pitch class, 0 (C) to 11 (B).</param>
/// <param name="Quality">The kind.</param>
public readonly record struct Chord(int Root, ChordQuality Quality)
{
    private static readonly string[] Roots = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
    private static readonly string[] Suffixes = ["", "m", "dim", "aug", "7", "maj7", "m7", "m7b5", "dim7"];
    private static readonly int[][] Intervals =
        [[0, 4, 7], [0, 3, 7], [0, 3, 6], [0, 4, 8], [0, 4, 7, 10], [0, 4, 7, 11], [0, 3, 7, 10], [0, 3, 6, 10], [0, 3, 6, 9]];

    // [quality][root]: made once, since chords are sought many times.
    private static readonly ImmutableArray<int>[][] Classes =
        [.. Intervals.Select(intervals => Enumerable.Range(0, 12).Select(root => intervals.Select(above => (root + above) % 12).ToImmutableArray()).ToArray())];

    /// <summary>The pitch classes of the chord, the root first.</summary>
    public ImmutableArray<int> PitchClasses => Classes[(int)Quality][Root];

    internal static int Qualities => Suffixes.Length;

    /// <summary>Reads what <see cref="ToString"/> writes, with any spelling of the root.</summary>
    /// <exception cref="FormatException">The text is no chord; the message shows some.</exception>
    public static Chord Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (PitchName.TryRead(text, out int root, out int read) && Array.IndexOf(Suffixes, text[read..]) is >= 0 and int quality)
        {
            return new Chord(root, (ChordQuality)quality);
        }
        throw new FormatException($"'{text}' is no chord: write a root and {string.Join(", ", Suffixes.Skip(1))} or nothing, such as C, F#m or Bb7.");
    }

    /// <summary>A lead-sheet symbol such as <c>Am7</c> or <c>Bdim</c>.</summary>
    public override string ToString() => Roots[Root] + Suffixes[(int)Quality];
}
