namespace Etude.Corpora.Batches;

/// <summary>A stretch of one piece, for one lane of one batch.</summary>
/// <param name="Piece">The place of the piece in the list; -1 where the lane is empty.</param>
/// <param name="Start">The first step of the input; the first target is the step after it.</param>
/// <param name="Length">The number of targets, at most <see cref="BatchOptions.Steps"/>; 0 where the lane is empty.</param>
/// <param name="Reset">Whether the model's state starts from nothing here; else it goes on from the lane's last segment.</param>
public readonly record struct Segment(int Piece, int Start, int Length, bool Reset)
{
    /// <summary>What an empty lane holds.</summary>
    public static Segment Empty => new(-1, 0, 0, true);
}
