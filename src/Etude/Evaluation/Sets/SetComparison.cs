using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Evaluation.Sets;

/// <summary>Compares sets of pieces with a reference set, beside two controls that say what near and far mean.</summary>
/// <remarks>
/// In each of many draws the reference is halved at random. One half is what all are compared with; from the other half
/// (the floor), from its pieces with shuffled notes (the ceiling) and from each candidate the same number of pieces is
/// drawn without putting back, as distances grow when samples shrink. That number is half the reference, or four fifths
/// of the smallest candidate where that is less, so that a candidate's own chance shows in its interval.
/// </remarks>
public static class SetComparison
{
    private static readonly ImmutableArray<ScoreMetric> AllMetrics = ScoreMetric.All;

    /// <summary>Measures and compares.</summary>
    /// <param name="reference">What the others should resemble, at least four pieces.</param>
    /// <param name="candidates">What is judged, each at least two pieces; human music held out belongs among them.</param>
    /// <param name="options">By default <see cref="SetOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">A set has too few pieces with notes.</exception>
    public static SetReport Compare(PieceSet reference, IReadOnlyList<PieceSet> candidates, SetOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidates);
        options ??= SetOptions.Default;
        if (options.Bars is { } bars)
        {
            (reference, candidates) = (reference.FirstBars(bars), [.. candidates.Select(set => set.FirstBars(bars))]);
            options = options with { Notes = int.MaxValue };
        }
        Measured whole = Measure(reference, SetRole.Reference, options, fewest: 4);
        Measured[] judged = [.. candidates.Select(set => Measure(set, SetRole.Candidate, options, fewest: 2))];
        Measured shuffled = Measure(reference.Shuffled(options.Seed), SetRole.Ceiling, options, fewest: 4);

        int half = whole.Count / 2;
        int sample = judged.Select(set => Math.Max(2, set.Count * 4 / 5)).Append(half).Min();
        Measured[] compared = [whole with { Name = "reference, other half", Role = SetRole.Floor }, .. judged, shuffled];
        // A metric in which the reference's pieces do not differ has no unit to measure distances in.
        double[] deviations = [.. whole.Metrics.Select(values => Deviation(values)).Select(unit => unit > 1e-9 ? unit : double.NaN)];
        var random = new Random(options.Seed);
        var distances = compared.Select(_ => new double[options.Draws][]).ToArray(); // [set][draw][metric]
        for (int draw = 0; draw < options.Draws; draw++)
        {
            int[] order = [.. Enumerable.Range(0, whole.Count)];
            random.Shuffle(order);
            int[] against = order[..half], rest = order[half..(half + sample)];
            for (int set = 0; set < compared.Length; set++)
            {
                int[] drawn = rest;
                if (compared[set].Role == SetRole.Candidate)
                {
                    drawn = [.. Enumerable.Range(0, compared[set].Count)];
                    random.Shuffle(drawn);
                    drawn = drawn[..Math.Min(sample, drawn.Length)];
                }
                distances[set][draw] = [.. Enumerable.Range(0, AllMetrics.Length).Select(metric =>
                    Distances.Wasserstein(Some(compared[set].Metrics[metric], drawn), Some(whole.Metrics[metric], against)) / deviations[metric])];
            }
        }

        bool[] shown = [.. Enumerable.Range(0, AllMetrics.Length).Select(metric => compared.Append(whole).Any(set => set.Metrics[metric].Any(double.IsFinite)))];
        // Halves of one order, so that the floor's pieces are not among those it is compared with.
        int[] fixedOrder = [.. Enumerable.Range(0, whole.Count)];
        new Random(options.Seed).Shuffle(fixedOrder);
        int paired = Math.Min(half, options.PairedPieces);
        double[][][] within = [.. fixedOrder.Take(paired).Select(piece => whole.Features[piece])];

        var summaries = ImmutableArray.CreateBuilder<SetSummary>();
        summaries.Add(Summary(whole, shown, null, [], options));
        for (int set = 0; set < compared.Length; set++)
        {
            IEnumerable<int> pieces = compared[set].Role == SetRole.Candidate ? Enumerable.Range(0, compared[set].Count) : fixedOrder.Skip(half);
            double[][][] features = [.. pieces.Take(Math.Min(paired, sample)).Select(piece => compared[set].Features[piece])];
            summaries.Add(Summary(compared[set], shown, distances[set], CompareFeatures(within, features), options));
        }
        return new SetReport(reference.Name, options, sample, summaries.ToImmutable());
    }

    private static Measured Measure(PieceSet set, SetRole role, SetOptions options, int fewest)
    {
        ImmutableArray<Score> pieces = [.. set.Beginnings(options.Notes, options.StepsPerQuarter).Pieces.Where(piece => piece.NoteCount > 0)];
        if (pieces.Length < fewest)
        {
            throw new ArgumentException($"{set.Name} has {pieces.Length} pieces with notes; a comparison needs at least {fewest}{(options.Bars is { } bars ? $" of {bars} bars or more" : "")}: add pieces, or divide the corpus otherwise.", nameof(set));
        }
        var metrics = new double[AllMetrics.Length][];
        for (int metric = 0; metric < metrics.Length; metric++) metrics[metric] = new double[pieces.Length];
        var features = new double[pieces.Length][][];
        Parallel.For(0, pieces.Length, piece =>
        {
            for (int metric = 0; metric < metrics.Length; metric++) metrics[metric][piece] = AllMetrics[metric].Measure(pieces[piece]);
            features[piece] = [.. SetFeature.All.Select(feature => feature.Measure(pieces[piece]))];
        });
        return new Measured(set.Name, role, pieces.Length, metrics, features);
    }

    private static SetSummary Summary(
        Measured set, bool[] shown, double[][]? draws, ImmutableArray<FeatureComparison> features, SetOptions options)
    {
        var nothing = new Interval(double.NaN, double.NaN, double.NaN);
        Interval OfDraws(Func<double[], double> value) => draws is null
            ? nothing
            : Bootstrap.Spread(draws.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(), draws.Select(value));
        var metrics = Enumerable.Range(0, AllMetrics.Length).Where(metric => shown[metric]).Select(metric =>
        {
            ImmutableArray<double> values = [.. set.Metrics[metric].Where(double.IsFinite)];
            return new MetricSummary(
                AllMetrics[metric].Name, Bootstrap.Mean(values, options.Seed), Deviation(values), OfDraws(draw => draw[metric]), values);
        });
        return new SetSummary(
            set.Name, set.Role, set.Count, OfDraws(draw => draw.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()),
            features.IsEmpty ? double.NaN : features.Average(feature => feature.OverlappingArea), [.. metrics], features);
    }

    private static ImmutableArray<FeatureComparison> CompareFeatures(double[][][] reference, double[][][] set) =>
    [
        .. SetFeature.All.Select((feature, i) =>
        {
            var within = new List<double>();
            for (int a = 0; a < reference.Length; a++)
            {
                for (int b = 0; b < a; b++) within.Add(Euclidean(reference[a][i], reference[b][i]));
            }
            IEnumerable<double> between = set.SelectMany(piece => reference.Select(other => Euclidean(piece[i], other[i])));
            (double overlap, double divergence) = Distances.Densities(
                [.. within.Where(double.IsFinite)], [.. between.Where(double.IsFinite)]);
            return new FeatureComparison(feature.Name, overlap, divergence);
        }),
    ];

    private static double Euclidean(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double Deviation(IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return finite.Length < 2 ? double.NaN : Distances.StandardDeviation(finite);
    }

    private static IEnumerable<double> Some(double[] values, int[] places) => places.Select(place => values[place]).Where(double.IsFinite);

    // Metrics [metric][piece]; features [piece][feature][...].
    private sealed record Measured(string Name, SetRole Role, int Count, double[][] Metrics, double[][][] Features);
}
