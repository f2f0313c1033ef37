namespace Etude.Evaluation.Listening;

/// <summary>What listeners thought of a set.</summary>
/// <param name="Set">The set's name.</param>
/// <param name="IsHuman">Whether people composed it.</param>
/// <param name="Rank">1 for the set preferred most.</param>
/// <param name="Strength">
/// Bradley and Terry's ln strength, 0 on average over the sets; a set one above another is preferred 73 times in 100. The
/// interval draws listeners, as one person's answers are alike.
/// </param>
/// <param name="Comparisons">In how many answers it was one of two.</param>
/// <param name="TakenForHuman">The share of single hearings in which it was taken for human, with Wilson's interval; NaN without any.</param>
/// <param name="SingleHearings">How often it was heard alone.</param>
public sealed record ListeningResult(
    string Set, bool IsHuman, int Rank, Interval Strength, int Comparisons, Interval TakenForHuman, int SingleHearings);
