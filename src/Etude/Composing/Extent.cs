using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>The stretch of a piece that is to be composed.</summary>
/// <param name="Begin">Where the primer ends.</param>
/// <param name="End">Where the piece is to end: a bar line, or so many seconds on.</param>
internal readonly record struct Extent(Tick Begin, Tick End)
{
    /// <summary>What is asked for after a primer (or an empty score with the tempo and meter to be).</summary>
    public static Extent After(Score primer, ComposeOptions options)
    {
        Tick begin = primer.End;
        if (options.Length is { } length)
        {
            double quarters = length.Value * primer.Tempos[^1].QuartersPerMinute / 60;
            return new Extent(begin, begin + new Tick((int)Math.Round(quarters * primer.TicksPerQuarter)));
        }
        var bars = new BarMap(primer);
        Bar at = bars.At(begin);
        int first = at.Onset == begin ? at.Number : at.Number + 1;
        return new Extent(begin, bars[first + options.Bars].Onset);
    }

    /// <summary>How much of the stretch has passed at a tick, 0 to 1.</summary>
    public double ShareAt(Tick now) => Math.Clamp((double)(now - Begin).Value / (End - Begin).Value, 0, 1);

    /// <summary>The score up to the end: what begins later is left out, what sounds on is stopped.</summary>
    public Score Cut(Score score) => score.Slice(Tick.Zero, End);
}
