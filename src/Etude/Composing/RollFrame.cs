using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>The tempo and meter of a composed roll, and what lengths are in its steps.</summary>
internal sealed class RollFrame
{
    private const double DefaultQuartersPerMinute = 100;
    private readonly TimeGrid _grid;
    private readonly double _quartersPerMinute;
    private readonly double _barQuarters;

    public RollFrame(TimeGrid grid, ComposeOptions options)
    {
        _grid = grid;
        Decoding = options.Primer is { } primer ? DecodeOptions.From(primer) : DecodeOptions.Default;
        if (options.QuartersPerMinute is not null || options.Primer is null)
        {
            Decoding = Decoding with { Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, options.QuartersPerMinute ?? DefaultQuartersPerMinute)] };
        }
        _quartersPerMinute = Decoding.Tempos[^1].QuartersPerMinute;
        _barQuarters = Decoding.Meters[^1].BarQuarters.Value;
        Steps = Math.Max(1, (int)Math.Round(StepsPerQuarter * (options.Length is { } length
            ? length.Value * _quartersPerMinute / 60
            : options.Bars * _barQuarters)));
    }

    /// <summary>What the roll does not say.</summary>
    public DecodeOptions Decoding { get; }

    /// <summary>How many steps to compose.</summary>
    public int Steps { get; }

    /// <summary>At the last tempo and in the last meter.</summary>
    public double StepsPerQuarter => _grid.Unit switch
    {
        GridUnit.Quarter => _grid.Steps,
        GridUnit.Second => _grid.Steps * 60 / _quartersPerMinute,
        _ => _grid.Steps / _barQuarters,
    };
}
