using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>The tempo and meter of what is composed, where tokens do not say them.</summary>
internal static class Frames
{
    private const double UsualQuartersPerMinute = 100;

    public static DecodeOptions Of(ComposeOptions options)
    {
        DecodeOptions frame = options.Primer is { } primer ? DecodeOptions.From(primer) : DecodeOptions.Default;
        return options.QuartersPerMinute is null && options.Primer is not null
            ? frame
            : frame with { Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, QuartersPerMinute(options))] };
    }

    /// <summary>The tempo in which composing begins.</summary>
    public static double QuartersPerMinute(ComposeOptions options) =>
        options.QuartersPerMinute ?? options.Primer?.Tempos[^1].QuartersPerMinute ?? UsualQuartersPerMinute;
}
