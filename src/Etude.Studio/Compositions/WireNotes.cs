namespace Etude.Studio.Compositions;

/// <summary>Notes that were composed since the last event.</summary>
/// <param name="Share">How much of the asked-for length stands, 0 to 1.</param>
/// <param name="BarSeconds">The length of a bar, for the lines of the roll.</param>
/// <param name="Notes">Onset and duration in microseconds, pitch and velocity of each note, one after the other.</param>
internal sealed record WireNotes(double Share, double BarSeconds, int[] Notes);
