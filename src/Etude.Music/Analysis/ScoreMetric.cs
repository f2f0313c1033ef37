using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Analysis;

/// <summary>One number that says something about a score: what sets of pieces are compared by.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Source">Whose definition it is.</param>
/// <param name="Measure">Its value; NaN where the score has too little to measure.</param>
public sealed record ScoreMetric(string Name, string Source, Func<Score, double> Measure)
{
    private const string MusPy = "MusPy (Dong et al. 2020)", MusDr = "MusDr (Wu and Yang 2020)", Etude = "Etude";

    /// <summary>
    /// Metrics of pitch, texture, rhythm and repetition. Rhythm counts at four places a quarter note, edges as
    /// Etude counts them and not MusPy, and the drum metric is NaN for piano music.
    /// </summary>
    public static ImmutableArray<ScoreMetric> All { get; } =
    [
        new("pitch range", MusPy, score => PitchMetrics.Range(score)),
        new("pitches used", MusPy, score => PitchMetrics.PitchesUsed(score)),
        new("pitch classes used", MusPy, score => PitchMetrics.PitchClassesUsed(score)),
        new("mean pitch", Etude, PitchMetrics.MeanPitch),
        new("pitch entropy", MusPy, PitchMetrics.PitchEntropy),
        new("pitch-class entropy", MusPy, PitchMetrics.PitchClassEntropy),
        new("pitch-class entropy of 1 bar", MusDr, score => PitchMetrics.PitchClassEntropyOfBars(score, 1)),
        new("pitch-class entropy of 4 bars", MusDr, score => PitchMetrics.PitchClassEntropyOfBars(score, 4)),
        new("scale consistency", MusPy, PitchMetrics.ScaleConsistency),
        new("key fit", "Krumhansl and Schmuckler, Temperley's profiles", score => KeyFinder.Find(score)?.Correlation ?? double.NaN),
        new("polyphony", MusPy, TextureMetrics.Polyphony),
        new("polyphony rate", MusPy, score => TextureMetrics.PolyphonyRate(score)),
        new("empty beat rate", MusPy, score => TextureMetrics.EmptyBeatRate(score)),
        new("empty measure rate", MusPy, score => TextureMetrics.EmptyMeasureRate(score)),
        new("notes a quarter", Etude, TextureMetrics.NotesPerQuarter),
        new("groove consistency", MusPy, score => GrooveMetrics.GrooveConsistency(score, stepsPerQuarter: 4)),
        new("grooving similarity", MusDr, score => GrooveMetrics.GroovingSimilarity(score)),
        new("structure of 3 to 8 seconds", MusDr, score => StructureIndicator.Of(score, new Second(3), new Second(8))),
        new("structure of 8 to 15 seconds", MusDr, score => StructureIndicator.Of(score, new Second(8), new Second(15))),
        new("structure of 15 seconds or more", MusDr, score => StructureIndicator.Of(score, new Second(15), most: new Second(60))),
        new("drum pattern consistency", MusPy, DrumMetrics.DrumPatternConsistency),
        new("average pitch interval", "Yang and Lerch 2018", score => Number(score, "average pitch interval")),
        new("average inter-onset interval", "Yang and Lerch 2018", score => Number(score, "average inter-onset interval")),
        new("commonest note share", Etude, score => Collapse.Of(score).CommonestNoteShare),
        new("loop share", Etude, score => Collapse.Of(score).LoopShare),
    ];

    private static double Number(Score score, string feature) => SetFeature.All.First(candidate => candidate.Name == feature).Measure(score)[0];
}
