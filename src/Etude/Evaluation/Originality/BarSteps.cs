using Etude.Music.Scores;

namespace Etude.Evaluation.Originality;

/// <summary>Where the bars of a piece begin, in the steps of a <see cref="NoteLine"/>.</summary>
/// <param name="FirstNumber">The first bar's number: 0 for a pick-up, else 1.</param>
/// <param name="Steps">Where each begins, ascending.</param>
internal readonly record struct BarSteps(int FirstNumber, int[] Steps)
{
    public static BarSteps Of(Score score)
    {
        var map = new BarMap(score);
        return new BarSteps(
            map.FirstNumber, [.. map.Until(score.End).Select(bar => NoteLine.Step(bar.Onset.Value, score.TicksPerQuarter))]);
    }

    /// <summary>The number of the bar that holds a step.</summary>
    public int At(int step)
    {
        int found = Array.BinarySearch(Steps, step);
        return FirstNumber + Math.Max(0, found >= 0 ? found : ~found - 1);
    }
}
