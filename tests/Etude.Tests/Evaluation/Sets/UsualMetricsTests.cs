using Etude.Evaluation.Sets;
using Etude.Music.Scores;
using Etude.Tests.Corpora;

namespace Etude.Tests.Evaluation.Sets;

public sealed class UsualMetricsTests
{
    private static readonly UsualMetrics Usual = UsualMetrics.Of([.. Enumerable.Range(0, 12).Select(number => (Func<Score>)(() => SomeScores.Piece(number)))]);

    [Fact]
    public void A_piece_of_the_kind_is_nearer_than_one_note_again_and_again()
    {
        double own = Usual.DistanceOf(SomeScores.Piece(99)), other = Usual.DistanceOf(SomeScores.Quarters(200));
        Assert.InRange(own, 0, 2);
        Assert.True(other > own + 0.5, $"{own} and {other}");
    }

    [Fact]
    public void Saved_and_loaded_it_measures_the_same()
    {
        using var folder = new TemporaryFolder();
        string path = folder["metrics.json"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Usual.Save(path);
        Assert.Equal(Usual.DistanceOf(SomeScores.Piece(50)), UsualMetrics.Load(path).DistanceOf(SomeScores.Piece(50)), 9);
        File.WriteAllText(path, "{");
        Assert.Contains(path, Assert.Throws<FormatException>(() => UsualMetrics.Load(path)).Message, StringComparison.Ordinal);
    }
}
