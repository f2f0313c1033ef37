using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class SetFeatureTests
{
    private static double[] Of(string name, Score score) => SetFeature.All.Single(feature => feature.Name == name).Measure(score);

    [Fact]
    public void Numbers_of_a_scale()
    {
        Assert.Equal([5], Of("pitch count", Scale));
        Assert.Equal([7], Of("pitch range", Scale));
        Assert.Equal([8], Of("note count", Scale));
        Assert.Equal((2 + 2 + 1 + 2 + 2 + 1 + 2) / 7.0, Of("average pitch interval", Scale)[0], 12);
        Assert.Equal(1, Of("average inter-onset interval", Scale)[0], 12);
    }

    [Fact]
    public void Histograms_of_a_scale()
    {
        double[] classes = Of("pitch class histogram", Scale);
        Assert.Equal([1 / 8.0, 0, 2 / 8.0, 0, 2 / 8.0, 2 / 8.0, 0, 1 / 8.0, 0, 0, 0, 0], classes);
        double[] transitions = Of("pitch class transition matrix", Scale);
        Assert.Equal(1, transitions.Sum(), 12);
        Assert.Equal(1 / 7.0, transitions[0 * 12 + 2], 12); // C to D
        Assert.Equal(1 / 7.0, transitions[4 * 12 + 2], 12); // E to D
        Assert.Equal(0, transitions[2 * 12 + 0]);
    }

    [Fact]
    public void Lengths_go_to_the_nearest_of_twelve()
    {
        // At 24 ticks a quarter: dotted quarter 36, eighth 12, triplet eighth 8, and 13, nearest the eighth.
        var score = Score.Piano([N(0, 36, 60), N(36, 12, 60), N(48, 8, 60), N(56, 13, 60)], ticksPerQuarter: 24);
        double[] lengths = Of("note length histogram", score);
        Assert.Equal((0.25, 0.5, 0.25), (lengths[6], lengths[3], lengths[11]));
        double[] transitions = Of("note length transition matrix", score);
        Assert.Equal(1 / 3.0, transitions[6 * 12 + 3], 12);
        Assert.Equal(1 / 3.0, transitions[3 * 12 + 11], 12);
        Assert.Equal(1 / 3.0, transitions[11 * 12 + 3], 12);
    }

    [Fact]
    public void Too_few_notes_are_not_a_number()
    {
        Assert.Equal(double.NaN, Of("average pitch interval", Pieces.Of(N(0, 1, 60)))[0]);
        Assert.All(Of("pitch class transition matrix", Empty), value => Assert.Equal(double.NaN, value));
    }
}
