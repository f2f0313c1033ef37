using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>
/// The stretch of a piece that is to be composed: so many bars, in whatever meters the piece turns out to be, or so many
/// seconds.
/// </summary>
internal sealed class Extent
{
    private readonly double _beginBars;
    private readonly int _endBars;
    private readonly Tick _begin;
    private readonly Tick? _end;

    /// <summary>What is asked for after what a reader has read, whose score is <paramref name="primer"/>.</summary>
    public Extent(TokenReader reader, Score primer, ComposeOptions options)
    {
        (_begin, _beginBars) = (primer.End, reader.Bars);
        _endBars = (int)Math.Ceiling(_beginBars - 1e-9) + options.Bars;
        if (options.Length is { } length)
        {
            double quarters = length.Value * primer.Tempos[^1].QuartersPerMinute / 60;
            _end = _begin + new Tick((int)Math.Round(quarters * primer.TicksPerQuarter));
        }
    }

    /// <summary>How much of the stretch a reader has passed, 0 to 1.</summary>
    public double ShareAt(TokenReader reader) => Math.Clamp(
        _end is { } end
            ? (double)(reader.Now - _begin).Value / (end - _begin).Value
            : (reader.Bars - _beginBars) / (_endBars - _beginBars),
        0, 1);

    /// <summary>The score up to the end: what begins later is left out, what sounds on is stopped.</summary>
    public Score Cut(Score score)
    {
        if (_end is { } end) return score.Slice(Tick.Zero, end);
        var bars = new BarMap(score);
        return score.Slice(Tick.Zero, bars[bars.FirstNumber + _endBars].Onset);
    }
}
