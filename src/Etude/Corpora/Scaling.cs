using Etude.Corpora.Batches;
using Etude.Corpora.Preparing;
using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>Writes pieces in notes twice or half as long, with their meters and tempos, so that they sound the same: an augmentation.</summary>
/// <param name="Share">The share of the pieces that allow it, 0 to 1.</param>
/// <param name="Seed">Chooses the pieces.</param>
public sealed record Scaling(double Share, ulong Seed = 0)
{
    private static readonly HashSet<(int, int)> Usual =
        [(2, 4), (3, 4), (4, 4), (2, 2), (3, 2), (3, 8), (6, 8), (9, 8), (12, 8), (6, 4)];

    /// <summary>The score as an epoch shows it. The same name, epoch and seed always give the same.</summary>
    /// <param name="score">The score.</param>
    /// <param name="name">The name of the piece.</param>
    /// <param name="epoch">Counted from 0.</param>
    public Score Apply(Score score, string name, int epoch)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (Share <= 0) return score;
        var random = new SeededRandom(StableHash.Of(name, ~Seed ^ StableHash.Mix((ulong)epoch)));
        if (!random.Chance(Share)) return score;
        Score[] choices = [.. new[] { Doubled(score), Halved(score) }.OfType<Score>()];
        return choices.Length == 0 ? score : choices[random.Next(choices.Length)];
    }

    /// <summary>The score in notes twice as long; null where its meters would be unusual ones or its ticks do not allow it.</summary>
    public static Score? Doubled(Score score) =>
        score.TicksPerQuarter % 2 == 0 && score.Meters.All(meter => meter.Denominator > 1 && Usual.Contains((meter.Numerator, meter.Denominator / 2)))
            ? Written(score, score.TicksPerQuarter / 2, meter => meter.Denominator / 2, faster: 2)
            : null;

    /// <summary>The score in notes half as long; null where its meters would be unusual ones.</summary>
    public static Score? Halved(Score score) =>
        score.TicksPerQuarter <= 7680 && score.Meters.All(meter => Usual.Contains((meter.Numerator, meter.Denominator * 2)))
            ? Written(score, score.TicksPerQuarter * 2, meter => meter.Denominator * 2, faster: 0.5)
            : null;

    // The ticks stay; what they are called changes.
    private static Score Written(Score score, int ticksPerQuarter, Func<Meter, int> denominator, double faster) => score with
    {
        TicksPerQuarter = ticksPerQuarter,
        Meters = [.. score.Meters.Select(meter => meter with { Denominator = denominator(meter) })],
        Tempos = [.. score.Tempos.Select(tempo => Tempo.FromQuartersPerMinute(tempo.Onset, tempo.QuartersPerMinute * faster))],
    };
}
