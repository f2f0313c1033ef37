namespace Etude.Evaluation.Listening;

/// <summary>One question to a listener.</summary>
/// <param name="Number">Its place in the test, from 0: what answers refer to.</param>
/// <param name="First">The piece played first, or alone.</param>
/// <param name="FirstSet">The set it comes from: keep it from the listener.</param>
/// <param name="Second">The piece played second, of which the listener says which is better; null where only one is played and the listener says whether a person composed it.</param>
/// <param name="SecondSet">The set the second comes from; null with it.</param>
public sealed record ListeningQuestion(int Number, string First, string FirstSet, string? Second = null, string? SecondSet = null)
{
    /// <summary>Whether two pieces are compared.</summary>
    public bool IsPair => Second is not null;
}
