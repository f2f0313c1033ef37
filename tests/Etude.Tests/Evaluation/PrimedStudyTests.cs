using Etude.Composing;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Music.Scores;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Tests.Training;
using Etude.Training;

namespace Etude.Tests.Evaluation;

public sealed class PrimedStudyTests
{
    [Fact]
    public void A_piece_follows_another_where_its_notes_stand_there()
    {
        Score score = SomeScores.Quarters(8);
        Assert.Equal(1, PrimedStudy.ShareThere(score, score));
        Assert.Equal(0, PrimedStudy.ShareThere(score, score.Transpose(1)));
        Assert.Equal(0.5, PrimedStudy.ShareThere(score, SomeScores.Quarters(4)));
        Assert.Equal(0, PrimedStudy.ShareThere(Score.Piano([]), score));
    }

    [Fact]
    public void Both_kinds_of_primer_are_measured_without_the_primer()
    {
        Recipe recipe = SmallRecipes.All["tokens"] with { Training = SmallRecipes.All["tokens"].Training with { Epochs = 1 } };
        Corpus corpus = SmallRecipes.Corpus(recipe, pieces: 6);
        using var folder = new TemporaryFolder();
        using var trainer = new Trainer(recipe, corpus, folder["run"]);
        trainer.Train(cancellation: TestContext.Current.CancellationToken);
        PrimedStudy study = PrimedStudy.Of(
            Composer.Load(folder["run"]), corpus, 3, new ComposeOptions { Bars = 4 }, primerBars: 2, TestContext.Current.CancellationToken);
        foreach (PrimedStudy.Side side in new[] { study.FromTraining, study.FromHeldOut })
        {
            Assert.Equal(3, side.Pieces);
            Assert.True(side.Distance.Estimate > 0);
            Assert.InRange(side.Followed.Estimate, 0, 1);
            // The primers are passages of the corpus: were they among what is measured, runs of a dozen notes would be shared.
            Assert.InRange(side.LongestRun, 0, 8);
        }
    }

    [Fact]
    public void A_roll_model_answers_for_each_step_but_the_first()
    {
        foreach (string kind in new[] { "roll-lstm", "encoder-decoder" })
        {
            using var folder = new TemporaryFolder();
            using var trainer = new Trainer(SmallRecipes.All[kind], SmallRecipes.Corpus(SmallRecipes.All[kind]), folder["run"]);
            trainer.Train(cancellation: TestContext.Current.CancellationToken);
            var model = (RollModel)TrainedModel.Load(folder["run/models/last"]);
            // As many steps as one window of roll-lstm: what training measures on it is what the model answers.
            Score score = Score.Piano(Enumerable.Range(0, 17).Select(step => new Note(new Tick(120 * step), new Tick(120), (byte)(60 + (step % 5)), 80)));
            var (nats, steps) = new RollScoreModel(model).Measure(score);
            Assert.Equal(16, steps);
            Assert.True(nats > 0);
            if (kind == "roll-lstm")
            {
                Tally tally = RollHeldOut.Measure(model, [model.Representation.Encode(score).Roll]);
                Assert.Equal(tally.Figures().Single(figure => figure.Name == "nats_per_step").Value, nats / steps, 1e-3);
            }
        }
        RollModel latent = RollModel.Create(
            SmallRecipes.All["autoencoder"], (Music.Representations.RollOptions)SmallRecipes.All["autoencoder"].Representation, new Neural.Tensors.RandomSource(1));
        Assert.Throws<ArgumentException>(() => new RollScoreModel(latent));
    }
}
