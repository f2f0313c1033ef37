using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations.Bars;

/// <summary>A bar on a grid.</summary>
/// <param name="Onset">The step it begins at.</param>
/// <param name="Steps">How long it is.</param>
/// <param name="Meter">The index of the known meter that names it.</param>
internal readonly record struct GridBar(int Onset, int Steps, int Meter)
{
    public int End => Onset + Steps;

    /// <summary>The bars of a score until a step; a bar longer than any token is cut up.</summary>
    public static IEnumerable<GridBar> Of(
        Score score, GridMap map, int end, KnownMeters meters, int longestSteps, EncodingLosses.Counter losses)
    {
        foreach (Bar bar in new BarMap(score).Until(score.End + new Tick(1)))
        {
            int onset = map.StepAt(bar.Onset), barEnd = map.StepAt(bar.End);
            if (onset >= end) yield break;
            int? meter = meters.IndexOf(bar.Meter);
            if (meter is null) losses.Count(EncodingLoss.NotInVocabulary);
            for (; onset < barEnd; onset += longestSteps)
            {
                int steps = Math.Min(longestSteps, barEnd - onset);
                yield return new GridBar(onset, steps, meter ?? meters.ShortestThatHolds(steps));
            }
        }
    }
}
