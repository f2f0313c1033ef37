using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>Composes several pieces and gives the best of them.</summary>
/// <remarks>
/// Pieces that collapsed come last. The others are ranked twice: by the likelihood of their tokens, and by how usual they are
/// for the corpus, where the model has its metrics. The lowest sum of ranks wins, of equals the first.
/// </remarks>
internal static class Candidates
{
    public static Composition Best(
        TokenModel model, ComposeOptions options, IProgress<CompositionProgress>? progress, CancellationToken cancellation)
    {
        var made = new Composition[options.Candidates];
        for (int i = 0; i < made.Length; i++)
        {
            using var composition = new TokenComposition(model, options with { Seed = Seed(options.Seed, i) }, null);
            made[i] = composition.Run(cancellation);
            progress?.Report(new CompositionProgress([], made[i].Score.TicksPerQuarter, (i + 0.5) / made.Length));
        }
        int[] likely = Ranks(made, piece => piece.NatsPerToken);
        int[] usual = model.UsualMetrics is { } metrics ? Ranks(made, piece => metrics.DistanceOf(piece.Score)) : likely;
        int best = Enumerable.Range(0, made.Length)
            .MinBy(i => (Collapse.Of(made[i].Score).Exceeds() ? made.Length * 2 : 0) + likely[i] + usual[i]);
        Composition chosen = made[best];
        IEnumerable<Note> notes = chosen.Score.NotesInOrder().Where(note => note.Onset >= chosen.ComposedFrom);
        progress?.Report(new CompositionProgress([.. notes], chosen.Score.TicksPerQuarter, 1));
        return chosen with { Options = options, SampledTokens = made.Sum(piece => piece.SampledTokens), Elapsed = made.Aggregate(TimeSpan.Zero, (sum, piece) => sum + piece.Elapsed) };
    }

    // The first candidate is the piece of the seed itself.
    private static ulong Seed(ulong seed, int candidate) => candidate == 0 ? seed : unchecked((seed * 0x9E3779B97F4A7C15) + ((ulong)candidate * 0xD1B54A32D192ED03));

    private static int[] Ranks(Composition[] made, Func<Composition, double> value)
    {
        var ranks = new int[made.Length];
        foreach (var (rank, place) in Enumerable.Range(0, made.Length).OrderBy(i => value(made[i])).Index()) ranks[place] = rank;
        return ranks;
    }
}
