namespace Etude.Music.Representations.Grids;

/// <summary>A note in steps of a grid; always at least one step long.</summary>
/// <param name="Onset">The step it begins at.</param>
/// <param name="End">The step it ends before.</param>
/// <param name="Pitch">MIDI key number.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="IsLeft">Whether the left hand plays it, where hands are told apart.</param>
internal readonly record struct GridNote(int Onset, int End, byte Pitch, byte Velocity, bool IsLeft = false)
    : IComparable<GridNote>
{
    /// <summary>By onset, then pitch, then the longer, then the louder, then the right hand.</summary>
    public int CompareTo(GridNote other)
    {
        int order = Onset.CompareTo(other.Onset);
        if (order == 0) order = Pitch.CompareTo(other.Pitch);
        if (order == 0) order = other.End.CompareTo(End);
        if (order == 0) order = other.Velocity.CompareTo(Velocity);
        return order != 0 ? order : IsLeft.CompareTo(other.IsLeft);
    }

    /// <summary>By onset, then the left hand before the right, then pitch.</summary>
    public static int ByOnsetThenHand(GridNote a, GridNote b) =>
        (a.Onset, !a.IsLeft, a.Pitch).CompareTo((b.Onset, !b.IsLeft, b.Pitch));
}
