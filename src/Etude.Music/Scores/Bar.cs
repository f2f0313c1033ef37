namespace Etude.Music.Scores;

/// <summary>One bar of a score.</summary>
/// <param name="Number">The number a musician would give it: the first full bar is 1, a pick-up before it is 0.</param>
/// <param name="Onset">Where it begins.</param>
/// <param name="Duration">How long it is: less than its meter says where another meter cuts it short.</param>
/// <param name="Meter">The time signature it stands in.</param>
public readonly record struct Bar(int Number, Tick Onset, Tick Duration, Meter Meter)
{
    /// <summary>Where the next bar begins.</summary>
    public Tick End => Onset + Duration;
}
