using System.Runtime.CompilerServices;
using System.Text.Json;
using Etude.Music.Analysis;
using Etude.Music.Midi;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Analysis;

/// <summary>
/// Fifty files of free-piano against values that bench/peers/metrics/score_metrics.py wrote from the published formulas.
/// </summary>
public sealed class ScoreMetricsFixtureTests
{
    private static readonly Dictionary<string, Func<Score, double>> Metrics = new()
    {
        ["pitch range"] = score => PitchMetrics.Range(score),
        ["pitches used"] = score => PitchMetrics.PitchesUsed(score),
        ["pitch classes used"] = score => PitchMetrics.PitchClassesUsed(score),
        ["pitch entropy"] = PitchMetrics.PitchEntropy,
        ["pitch-class entropy"] = PitchMetrics.PitchClassEntropy,
        ["pitch in C major rate"] = score => PitchMetrics.PitchInScaleRate(score, 0, isMinor: false),
        ["pitch in C minor rate"] = score => PitchMetrics.PitchInScaleRate(score, 0, isMinor: true),
        ["scale consistency"] = PitchMetrics.ScaleConsistency,
        ["polyphony"] = TextureMetrics.Polyphony,
        ["polyphony rate"] = score => TextureMetrics.PolyphonyRate(score),
        ["silence rate"] = TextureMetrics.SilenceRate,
        ["empty beat rate, MusPy"] = score => TextureMetrics.EmptyBeatRate(score, asMusPy: true),
        ["empty measure rate, MusPy"] = score => TextureMetrics.EmptyMeasureRate(score, asMusPy: true),
        ["groove consistency"] = score => GrooveMetrics.GrooveConsistency(score),
        ["grooving similarity"] = score => GrooveMetrics.GroovingSimilarity(score),
        ["pitch-class entropy of 1 bar"] = score => PitchMetrics.PitchClassEntropyOfBars(score, 1),
        ["pitch-class entropy of 4 bars"] = score => PitchMetrics.PitchClassEntropyOfBars(score, 4),
        ["average pitch interval"] = score => Feature(score, "average pitch interval")[0],
        ["average inter-onset interval"] = score => Feature(score, "average inter-onset interval")[0],
        ["quarter notes"] = score => Feature(score, "note length histogram")[2],
        ["G to C"] = score => Feature(score, "pitch class transition matrix")[7 * 12],
        ["key"] = score => Found(score).Key.Tonic + (Found(score).Key.IsMinor ? 12 : 0),
        ["key correlation"] = score => Found(score).Correlation,
    };

    [Fact]
    public void Values_equal_those_of_an_independent_script()
    {
        string root = SharedData.Require("free-piano");
        using JsonDocument fixture = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Here(), "free-piano-metrics.json")));
        var wrong = new List<string>();
        int compared = 0;
        foreach (JsonProperty file in fixture.RootElement.EnumerateObject())
        {
            Score score = MidiFile.Read(Path.Combine(root, file.Name)).Score;
            foreach (JsonProperty metric in file.Value.EnumerateObject())
            {
                double expected = metric.Value.GetDouble(), actual = Metrics[metric.Name](score);
                compared++;
                if (!(Math.Abs(expected - actual) < 1e-8)) wrong.Add(FormattableString.Invariant($"{file.Name}: {metric.Name} {expected} {actual}"));
            }
        }
        Assert.Equal(50 * Metrics.Count, compared);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static double[] Feature(Score score, string name) => SetFeature.All.Single(feature => feature.Name == name).Measure(score);

    private static KeyEstimate Found(Score score) => KeyFinder.Find(score, KeyProfile.KrumhanslKessler)!.Value;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
