namespace Etude.Music.Scores;

/// <summary>A stretch during which the sustain pedal (controller 64, value 64 or more) is down.</summary>
/// <param name="Onset">When the pedal goes down.</param>
/// <param name="Duration">How long it stays down.</param>
public readonly record struct Pedal(Tick Onset, Tick Duration)
{
    /// <summary>When the pedal comes up.</summary>
    public Tick End => Onset + Duration;
}
