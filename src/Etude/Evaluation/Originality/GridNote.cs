namespace Etude.Evaluation.Originality;

/// <summary>A note of a <see cref="NoteLine"/>; times in its steps.</summary>
internal readonly record struct GridNote(int Step, byte Pitch, int Duration) : IComparable<GridNote>
{
    /// <summary>By onset, then pitch; durations do not order.</summary>
    public int CompareTo(GridNote other)
    {
        int order = Step.CompareTo(other.Step);
        return order != 0 ? order : Pitch.CompareTo(other.Pitch);
    }
}
