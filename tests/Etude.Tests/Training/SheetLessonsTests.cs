using Etude.Corpora;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Training;

namespace Etude.Tests.Training;

public sealed class SheetLessonsTests
{
    private static readonly SheetRepresentation Sheet = (SheetRepresentation)new SheetOptions
    {
        Styles = [new SheetStyle("bach", ["*/Bach*"]), new SheetStyle("baroque", ["*/Bach*", "*/Handel*"])],
    }.Fit([]);

    private static readonly Score Long = Score.Piano(
        Enumerable.Range(0, 400).Select(beat => new Note(new Tick(beat * 480), new Tick(480), (byte)(60 + (beat % 12)), 80)));

    [Fact]
    public void The_same_piece_seed_and_epoch_give_the_same_lesson()
    {
        var lessons = new SheetLessons(Sheet, new TrainingSettings { Headings = 0.5f, Infill = 0.5f, Seed = 3 });
        for (int epoch = 0; epoch < 20; epoch++)
        {
            Assert.Equal(lessons.Encode(Piece("a/Bach1"), Long, epoch), lessons.Encode(Piece("a/Bach1"), Long, epoch));
        }
        Assert.True(Enumerable.Range(0, 20).Select(epoch => string.Join(",", lessons.Encode(Piece("a/Bach1"), Long, epoch))).Distinct().Count() > 10);
    }

    [Fact]
    public void Headings_and_gaps_come_as_often_as_asked()
    {
        var lessons = new SheetLessons(Sheet, new TrainingSettings { Headings = 0.6f, Infill = 0.4f });
        SheetPlan[] plans = [.. Enumerable.Range(0, 2000).Select(epoch => lessons.Plan(Piece("a/Bach1"), Long, epoch))];
        Assert.InRange(plans.Count(plan => plan.Gaps.Length > 0) / 2000.0, 0.36, 0.44);
        Assert.InRange(plans.Count(plan => plan.Style is not null) / 2000.0, 0.36, 0.44);
        Assert.InRange(plans.Count(plan => plan.Keys) / 2000.0, 0.36, 0.44);
        Assert.InRange(plans.Count(plan => plan.Style is null && !plan.Keys && !plan.Densities) / 2000.0, 0.39, 0.46);
        Assert.Equal(["bach", "baroque"], plans.Select(plan => plan.Style).OfType<string>().Distinct().Order());
        Assert.All(plans, plan => Assert.All(plan.Gaps.Zip(plan.Gaps.Skip(1)), pair =>
            Assert.True(pair.Second.FirstBar >= pair.First.FirstBar + pair.First.BarCount + pair.First.ContextBars)));
        Assert.All(Enumerable.Range(0, 50), epoch => Assert.Null(lessons.Plan(Piece("a/Chopin1"), Long, epoch).Style));
    }

    [Fact]
    public void Without_them_a_lesson_is_the_plain_piece()
    {
        var lessons = new SheetLessons(Sheet, new TrainingSettings());
        Assert.Equal(Sheet.Encode(Long).Tokens, lessons.Encode(Piece("a/Bach1"), Long, epoch: 3));
    }

    private static CorpusPiece Piece(string name) => new()
    {
        Name = name,
        Work = name,
        Split = Split.Training,
        NoteCount = 400,
        Seconds = 200,
        Meter = "4/4",
        LowestPitch = 60,
        HighestPitch = 71,
    };
}
