using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Sets;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Tests.Training;
using Etude.Training;

namespace Etude.Tests.Composing;

public sealed class RestylingTests
{
    // Two hands: a bass of quarters below middle C, a melody of eighths above.
    private static readonly Score Piece = Score.Piano(
        from eighth in Enumerable.Range(0, 32)
        from note in eighth % 2 == 0 ? new[] { (45 + (eighth % 5), 480), (64 + (eighth % 7), 240) } : [(65 + (eighth % 6), 240)]
        select new Note(new Tick(240 * eighth), new Tick(note.Item2), (byte)note.Item1, 80));

    [Fact]
    public void Tokens_keep_rhythm_and_bass_and_change_the_rest()
    {
        using var folder = new TemporaryFolder();
        Composer composer = Trained("tokens", folder);
        var options = new ComposeOptions { Seed = 5 };
        Score made = composer.Restyle(Piece, options, TestContext.Current.CancellationToken).Score;
        Assert.Equal(Bass(Piece).Select(note => (note.Onset, note.Pitch)), Bass(made).Select(note => (note.Onset, note.Pitch)));
        Assert.Equal(Melody(Piece).Select(note => note.Onset), Melody(made).Select(note => note.Onset));
        int changed = Melody(Piece).Zip(Melody(made)).Count(pair => pair.First.Pitch != pair.Second.Pitch);
        Assert.True(changed > 8, $"{changed} of 32 changed");
        Assert.All(Melody(Piece).Zip(Melody(made)), pair => Assert.InRange(Math.Abs(pair.First.Pitch - pair.Second.Pitch), 0, 14));
        Assert.Equal(made.NotesInOrder(), composer.Restyle(Piece, options, TestContext.Current.CancellationToken).Score.NotesInOrder());

        static IEnumerable<Note> Bass(Score score) => score.NotesInOrder().Where(note => note.Pitch < 52);
        static IEnumerable<Note> Melody(Score score) => score.NotesInOrder().Where(note => note.Pitch >= 52);
    }

    [Fact]
    public void A_latent_model_decodes_as_many_bars_and_one_without_cannot()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(4 * 16, Trained("autoencoder", folder).Restyle(Piece, null, TestContext.Current.CancellationToken).SampledTokens);
        using var other = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => Trained("roll-lstm", other).Restyle(Piece));
    }

    [Fact]
    public void The_way_from_style_to_style_is_measured()
    {
        using var folder = new TemporaryFolder();
        PieceSet Some(string name, int first) => new(name, [.. Enumerable.Range(first, 6).Select(number => SomeScores.Piece(number))]);
        StyleStudy study = StyleStudy.Of(
            Trained("tokens", folder), [.. Some("", 20).Pieces], Some("own", 10), Some("other", 0), new ComposeOptions { Seed = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(6, study.Pieces);
        Assert.InRange(study.KeptNotes, 0, 0.99);
        Assert.NotEqual(study.BeforeToOther.Estimate, study.AfterToOther.Estimate);
        Assert.NotEqual(study.BeforeToOwn.Estimate, study.AfterToOwn.Estimate);
    }

    private static Composer Trained(string kind, TemporaryFolder folder)
    {
        Recipe recipe = SmallRecipes.All[kind];
        Corpus corpus = SmallRecipes.Corpus(recipe);
        using var trainer = new Trainer(recipe, corpus, folder["run"]);
        trainer.Train();
        return Composer.Load(folder["run"]);
    }
}
