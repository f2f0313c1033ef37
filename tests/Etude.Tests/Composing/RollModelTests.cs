using Etude.Composing;
using Etude.Corpora;
using Etude.Models.Rolls;
using Etude.Music.Analysis;
using Etude.Music.Scores;
using Etude.Neural.Layers;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Tests.Training;
using Etude.Training;

namespace Etude.Tests.Composing;

public sealed class RollModelTests
{
    private static readonly ComposeOptions Short = new() { Bars = 4, Seed = 3 };

    [Fact]
    public void A_model_of_each_kind_is_read_back_and_composes_the_same_piece()
    {
        foreach (string kind in SmallRecipes.All.Keys)
        {
            using var folder = new TemporaryFolder();
            Composition before = new Composer(Trained(kind, folder)).Compose(Short, cancellation: TestContext.Current.CancellationToken);
            Composition after = Composer.Load(folder["run"]).Compose(Short, cancellation: TestContext.Current.CancellationToken);
            Assert.True(before.Score.NoteCount > 0, kind);
            Assert.Equal(before.Score.NotesInOrder(), after.Score.NotesInOrder());
        }
    }

    [Fact]
    public void A_roll_is_as_long_as_asked_and_goes_on_from_its_primer_and_from_a_chord()
    {
        using var folder = new TemporaryFolder();
        var composer = new Composer(Trained("roll-lstm", folder));
        Score primer = SomeScores.Quarters(8, pitch: 65);
        Composition primed = composer.Compose(Short with { Primer = primer });
        Assert.Equal(primer.NotesInOrder()[0].Pitch, primed.Score.NotesInOrder()[0].Pitch);
        Assert.Equal(4 * 16, primed.SampledTokens);
        Assert.Equal(8 * 480, primed.ComposedFrom.Value);

        Composition chord = composer.Compose(Short with { Rolls = new RollDrawing { Chord = [60, 64, 67] } });
        Assert.Equal([60, 64, 67], chord.Score.NotesInOrder().Where(note => note.Onset == Tick.Zero).Select(note => (int)note.Pitch));
    }

    [Fact]
    public void States_of_noise_and_the_threshold_change_the_piece()
    {
        using var folder = new TemporaryFolder();
        var composer = new Composer(Trained("encoder-decoder", folder));
        Note[] Piece(RollDrawing drawing) => [.. composer.Compose(Short with { Rolls = drawing }).Score.NotesInOrder()];
        Note[] zeros = Piece(new RollDrawing { Draw = RollDraw.Toss });
        Assert.NotEqual(zeros, Piece(new RollDrawing { Draw = RollDraw.Toss, NormalStates = true }));
        Assert.NotEqual(zeros, Piece(new RollDrawing { Draw = RollDraw.Threshold }));
    }

    [Fact]
    public void Top_k_limits_the_keys_of_a_step()
    {
        using var folder = new TemporaryFolder();
        var composer = new Composer(Trained("roll-lstm", folder));
        Score score = composer.Compose(Short with { TopK = 2, Guard = false, Temperature = 4 }).Score;
        int most = score.NotesInOrder().Max(note => score.NotesInOrder().Count(other => other.Onset <= note.Onset && other.End > note.Onset));
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void Latents_come_from_a_piece_chance_and_the_average_and_are_slid_and_mixed()
    {
        using var folder = new TemporaryFolder();
        var model = (RollModel)Trained("autoencoder", folder);
        var composer = new Composer(model);
        Score first = SomeScores.Piece(1), second = SomeScores.Piece(2);
        Composition Made(LatentChoice choice, Score? primer = null) => composer.Compose(Short with { Latent = choice, Primer = primer });

        Assert.Equal(4, model.Latents!.Axes.Count);
        Assert.Equal(64, Made(new LatentChoice { Source = LatentSource.Average }).SampledTokens);
        Assert.NotEqual(Chance(1), Chance(2));
        Composition way = Made(new LatentChoice { Towards = second, Steps = 3 }, first);
        Assert.Equal(3 * 16, way.SampledTokens);
        double start = Made(new LatentChoice { Towards = second, Share = 0 }, first).NatsPerToken;
        Assert.Equal(start, Made(new LatentChoice { Source = LatentSource.Piece }, first.Slice(Tick.Zero, new Tick(4 * 480))).NatsPerToken, 1e-3);
        Assert.NotEqual(start, Made(new LatentChoice { Towards = second, Share = 1 }, first).NatsPerToken);
        Assert.NotEqual(
            Made(new LatentChoice { Source = LatentSource.Average }).NatsPerToken,
            Made(new LatentChoice { Source = LatentSource.Average, Slides = [new LatentSlide(1, 2)] }).NatsPerToken);

        double Chance(ulong seed) => composer.Compose(Short with { Seed = seed, Latent = new LatentChoice { Source = LatentSource.Chance } }).NatsPerToken;
    }

    [Fact]
    public void An_option_that_a_model_cannot_follow_is_named()
    {
        using var folder = new TemporaryFolder();
        foreach (var (kind, options, name) in new[]
        {
            ("tokens", Short with { Rolls = new RollDrawing() }, "Rolls"),
            ("tokens", Short with { Latent = new LatentChoice() }, "Latent"),
            ("roll-lstm", Short with { Latent = new LatentChoice() }, "Latent"),
            ("autoencoder", Short with { Rolls = new RollDrawing() }, "Rolls"),
        })
        {
            TrainedModel model = Trained(kind, folder, $"{kind}-{name}");
            ArgumentException fault = Assert.Throws<ArgumentException>(() => new Composer(model).Compose(options));
            Assert.Contains($"option {name}", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void With_the_guard_a_silent_model_sounds()
    {
        using var folder = new TemporaryFolder();
        var model = (RollModel)Trained("roll-lstm", folder);
        Parameter bias = model.Network.State.Single(parameter => parameter.Name == "head.output.bias");
        bias.Data.Fill(-30);
        ComposeOptions options = Short with { Bars = 16 };
        Assert.Equal(0, new Composer(model).Compose(options with { Guard = false }).Score.NoteCount);
        Composition guarded = new Composer(model).Compose(options);
        Assert.True(guarded.Score.NoteCount > 2 && guarded.GuardInterventions > 2);
    }

    [Theory]
    [InlineData("roll-lstm"), InlineData("encoder-decoder")]
    public void With_the_guard_no_pitch_takes_the_piece(string kind)
    {
        // One key is struck every few steps; of the others each now and then.
        using var folder = new TemporaryFolder();
        var model = (RollModel)Trained(kind, folder);
        Parameter bias = model.Network.State.Single(parameter => parameter.Name == "head.output.bias");
        bias.Data.Fill(-9);
        bias.Data[39] = -1.5f;
        ComposeOptions options = Short with { Bars = 16, Rolls = new RollDrawing { Draw = RollDraw.Toss } };
        Assert.InRange(Share(options with { Guard = false }), 0.5, 1);
        Assert.InRange(Share(options), 0, 0.4);

        double Share(ComposeOptions by) => Collapse.Of(new Composer(model).Compose(by).Score).CommonestPitchShare;
    }

    [Fact]
    public void With_the_guard_latents_of_one_key_make_other_notes_too()
    {
        using var folder = new TemporaryFolder();
        var model = (RollModel)Trained("autoencoder", folder);
        var network = (LatentNetwork)model.Network;
        Parameter bias = model.Network.State.Last(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal) && parameter.Data.Length == network.Steps * network.Width);
        for (int i = 0; i < bias.Data.Length; i++) bias.Data[i] = i % network.Width == 39 && i / network.Width % 4 < 2 ? 9 : -9;
        ComposeOptions options = Short with { Bars = 16 };
        Assert.True(Collapse.Of(new Composer(model).Compose(options with { Guard = false }).Score).Exceeds());
        Composition guarded = new Composer(model).Compose(options);
        Assert.False(Collapse.Of(guarded.Score).Exceeds(), Collapse.Of(guarded.Score).ToString());
        Assert.True(guarded.GuardInterventions > 2);
    }

    private static TrainedModel Trained(string kind, TemporaryFolder folder, string name = "run")
    {
        Recipe recipe = SmallRecipes.All[kind];
        Corpus corpus = SmallRecipes.Corpus(recipe);
        using var trainer = new Trainer(recipe, corpus, folder[name]);
        trainer.Train();
        return TrainedModel.Load(RunFolder.FindModel(folder[name]));
    }
}
