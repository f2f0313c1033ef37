using System.Text.Json;
using Etude.Music.Analysis;
using Etude.Music.Scores;
using Etude.Recipes;

namespace Etude.Evaluation.Sets;

/// <summary>
/// How the pieces of a corpus are spread in the metrics of a score, as a small file beside a model: by it a piece can be told
/// to be unusual. Drums and the structure of long stretches are left out.
/// </summary>
/// <param name="Metrics">By name: the mean and the standard deviation.</param>
public sealed record UsualMetrics(IReadOnlyDictionary<string, UsualMetrics.Spread> Metrics)
{
    /// <summary>The name it has in the folder of a run or a model.</summary>
    public const string FileName = "corpus.metrics.json";

    private const int Pieces = 128;
    private const int Bars = 32;
    private const double MostDeviations = 4; // one odd metric must not drown the others

    private static IEnumerable<ScoreMetric> Measured =>
        ScoreMetric.All.Where(metric => !metric.Name.StartsWith("structure", StringComparison.Ordinal) && !metric.Name.StartsWith("drum", StringComparison.Ordinal));

    /// <summary>Measures the beginnings, 32 bars, of up to 128 pieces evenly chosen.</summary>
    /// <param name="pieces">The pieces; only those that are chosen are laid out.</param>
    public static UsualMetrics Of(IReadOnlyList<Func<Score>> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        int count = Math.Min(Pieces, pieces.Count);
        Score[] chosen = [.. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(i => Beginning(pieces[i * pieces.Count / count]()))];
        var spreads = new Dictionary<string, Spread>();
        foreach (ScoreMetric metric in Measured)
        {
            double[] values = [.. chosen.Select(metric.Measure).Where(double.IsFinite)];
            if (values.Length < 2) continue;
            spreads[metric.Name] = new Spread(values.Average(), Distances.StandardDeviation(values));
        }
        return new UsualMetrics(spreads);
    }

    /// <summary>How far a piece is from the corpus: the mean over the metrics of the standard deviations it is off, each at most 4; 0 where nothing can be measured.</summary>
    public double DistanceOf(Score piece)
    {
        double[] deviations =
        [
            .. from metric in Measured
               where Metrics.ContainsKey(metric.Name) && Metrics[metric.Name].Deviation > 0
               let value = metric.Measure(piece)
               where double.IsFinite(value)
               select Math.Min(MostDeviations, Math.Abs(value - Metrics[metric.Name].Mean) / Metrics[metric.Name].Deviation),
        ];
        return deviations.Length == 0 ? 0 : deviations.Average();
    }

    /// <summary>Writes the file, which appears only when it is whole.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, RecipeJson.Options));

    /// <summary>Reads what <see cref="Save"/> writes.</summary>
    /// <exception cref="FormatException">The file is not one.</exception>
    public static UsualMetrics Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<UsualMetrics>(File.ReadAllText(path), RecipeJson.Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{path}: not the metrics of a corpus: {fault.Message} Remove it: candidates are then ranked by likelihood alone.", fault);
        }
    }

    private static Score Beginning(Score score)
    {
        var map = new BarMap(score);
        return map.At(score.End).Number - map.FirstNumber < Bars ? score : score.SliceBars(map.FirstNumber, map.FirstNumber + Bars - 1);
    }

    /// <summary>Where the values of a metric lie.</summary>
    /// <param name="Mean">Their mean.</param>
    /// <param name="Deviation">Their standard deviation.</param>
    public sealed record Spread(double Mean, double Deviation);
}
