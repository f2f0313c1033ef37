namespace Etude.Music.Analysis;

/// <summary>The kinds of chord that <see cref="ChordFinder"/> tells apart, with their semitones above the root.</summary>
public enum ChordQuality
{
    /// <summary>0 4 7.</summary>
    Major,

    /// <summary>0 3 7.</summary>
    Minor,

    /// <summary>0 3 6.</summary>
    Diminished,

    /// <summary>0 4 8.</summary>
    Augmented,

    /// <summary>0 4 7 10.</summary>
    DominantSeventh,

    /// <summary>0 4 7 11.</summary>
    MajorSeventh,

    /// <summary>0 3 7 10.</summary>
    MinorSeventh,

    /// <summary>0 3 6 10.</summary>
    HalfDiminishedSeventh,

    /// <summary>0 3 6 9.</summary>
    DiminishedSeventh,
}
