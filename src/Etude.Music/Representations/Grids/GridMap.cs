using Etude.Music.Scores;

namespace Etude.Music.Representations.Grids;

/// <summary>
/// Where the steps of a <see cref="TimeGrid"/> fall in the ticks of one score: straight lines, a new one at each tempo
/// (steps of a second) or meter (steps of a measure; where a meter cuts a bar short, its last step is cut short too).
/// </summary>
internal sealed class GridMap
{
    private readonly List<Line> _lines = [];

    public GridMap(TimeGrid grid, int ticksPerQuarter, ReadOnlySpan<Tempo> tempos, ReadOnlySpan<Meter> meters)
    {
        switch (grid.Unit)
        {
            case GridUnit.Quarter:
                _lines.Add(new Line(0, 0, grid.Steps, ticksPerQuarter));
                break;
            case GridUnit.Second:
                foreach (Tempo tempo in tempos)
                {
                    Add(tempo.Onset, (double)grid.Steps * tempo.MicrosecondsPerQuarter, 1e6 * ticksPerQuarter, wholeSteps: false);
                }
                break;
            default:
                foreach (Meter meter in meters)
                {
                    Add(meter.Onset, (double)grid.Steps * meter.Denominator, 4.0 * meter.Numerator * ticksPerQuarter, wholeSteps: true);
                }
                break;
        }
    }

    public GridMap(TimeGrid grid, Score score)
        : this(grid, score.TicksPerQuarter, score.Tempos.AsSpan(), score.Meters.AsSpan())
    {
    }

    /// <summary>The steps passed at a tick, with their fraction.</summary>
    public double PositionAt(Tick tick)
    {
        Line line = _lines[0];
        for (int i = _lines.Count - 1; i > 0; i--)
        {
            if (_lines[i].Tick > tick.Value) continue;
            line = _lines[i];
            break;
        }
        // Multiplied before it is divided, so that a tick halfway between two steps is exactly halfway.
        return line.Step + (tick.Value - line.Tick) * line.Steps / line.Ticks;
    }

    /// <summary>The nearest step; halfway goes to the later one.</summary>
    public int StepAt(Tick tick) => (int)Math.Floor(PositionAt(tick) + 0.5);

    /// <summary>The tick nearest to a step, at most 2^30.</summary>
    public Tick TickAt(int step)
    {
        Line line = _lines[0];
        for (int i = _lines.Count - 1; i > 0; i--)
        {
            if (_lines[i].Step > step) continue;
            line = _lines[i];
            break;
        }
        return new Tick((int)Math.Min(1 << 30, line.Tick + Math.Floor((step - line.Step) * line.Ticks / line.Steps + 0.5)));
    }

    private void Add(Tick onset, double steps, double ticks, bool wholeSteps)
    {
        double step = _lines.Count == 0 ? 0 : PositionAt(onset);
        _lines.Add(new Line(onset.Value, wholeSteps ? Math.Ceiling(step - 1e-9) : step, steps, ticks));
    }

    /// <summary>From a tick, which is a step, every so many ticks make so many steps.</summary>
    private readonly record struct Line(int Tick, double Step, double Steps, double Ticks);
}
