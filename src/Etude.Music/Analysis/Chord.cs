namespace Etude.Music.Analysis;

/// <summary>A chord by its root and kind.</summary>
/// <param name="Root">The root's pitch class, 0 (C) to 11 (B).</param>
/// <param name="Quality">The kind.</param>
public readonly record struct Chord(int Root, ChordQuality Quality)
{
    private static readonly string[] Roots = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>A lead-sheet symbol such as <c>Am7</c> or <c>Bdim</c>.</summary>
    public override string ToString() => Roots[Root] + Quality switch
    {
        ChordQuality.Minor => "m",
        ChordQuality.Diminished => "dim",
        ChordQuality.Augmented => "aug",
        ChordQuality.DominantSeventh => "7",
        ChordQuality.MajorSeventh => "maj7",
        ChordQuality.MinorSeventh => "m7",
        ChordQuality.HalfDiminishedSeventh => "m7b5",
        ChordQuality.DiminishedSeventh => "dim7",
        _ => "",
    };
}
