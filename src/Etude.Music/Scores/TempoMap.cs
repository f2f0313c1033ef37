namespace Etude.Music.Scores;

/// <summary>Turns the ticks of one score into seconds and quarter notes, and back.</summary>
/// <remarks>Building takes time linear in the tempos; each question takes a binary search among them.</remarks>
public sealed class TempoMap
{
    private readonly int ticksPerQuarter;
    private readonly int[] onsets;         // of each tempo, in ticks
    private readonly double[] seconds;     // passed at each onset
    private readonly double[] secondsPerTick;

    /// <summary>Lays out the tempos of a score. Later changes of the score are not seen: it is immutable.</summary>
    public TempoMap(Score score)
    {
        ticksPerQuarter = score.TicksPerQuarter;
        onsets = [.. score.Tempos.Select(tempo => tempo.Onset.Value)];
        secondsPerTick = [.. score.Tempos.Select(tempo => tempo.MicrosecondsPerQuarter / (1e6 * ticksPerQuarter))];
        seconds = new double[onsets.Length];
        for (int i = 1; i < onsets.Length; i++)
        {
            seconds[i] = seconds[i - 1] + (onsets[i] - onsets[i - 1]) * secondsPerTick[i - 1];
        }
    }

    /// <summary>The clock time of a tick.</summary>
    public Second ToSeconds(Tick tick)
    {
        int at = Holding(onsets, tick.Value);
        return new(seconds[at] + (tick.Value - onsets[at]) * secondsPerTick[at]);
    }

    /// <summary>The tick nearest to a clock time; halfway goes to the later one.</summary>
    public Tick ToTick(Second second)
    {
        int at = Holding(seconds, second.Value);
        return Round(onsets[at] + (second.Value - seconds[at]) / secondsPerTick[at]);
    }

    /// <summary>The musical time of a tick, which no tempo changes.</summary>
    public Quarter ToQuarters(Tick tick) => new((double)tick.Value / ticksPerQuarter);

    /// <summary>The tick nearest to a musical time; halfway goes to the later one.</summary>
    public Tick ToTick(Quarter quarter) => Round(quarter.Value * ticksPerQuarter);

    // The last start at or before the value, or the first for what comes before all.
    private static int Holding<T>(T[] starts, T value)
    {
        int found = Array.BinarySearch(starts, value);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    private static Tick Round(double ticks) => new(checked((int)Math.Floor(ticks + 0.5)));
}
