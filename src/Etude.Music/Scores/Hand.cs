namespace Etude.Music.Scores;

/// <summary>One of a pianist's hands: one staff of a piano score.</summary>
public enum Hand
{
    /// <summary>The lower staff.</summary>
    Left,

    /// <summary>The upper staff.</summary>
    Right,
}
