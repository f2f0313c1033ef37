using Etude.Composing;
using Etude.Models;
using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;

namespace Etude.Tests.Composing;

public sealed class ComposerTests
{
    private static readonly Score Waltz = Score.Piano(
        from bar in Enumerable.Range(0, 8)
        from beat in Enumerable.Range(0, 3)
        select new Note(new Tick(((bar * 3) + beat) * 480), new Tick(480), (byte)(60 + beat + bar), 80)) with
    { Meters = [new Meter(Tick.Zero, 3, 4)] };

    // A network with fresh weights: it draws anything, which is the hardest case for what must hold of every piece.
    private static Composer Untrained(RepresentationOptions representation, int recall = 0)
    {
        var recipe = new Recipe
        {
            Name = "untrained",
            Representation = representation,
            Network = new NetworkOptions { Embedding = 8, Recall = recall, Layers = [new LstmOptions(16)] },
        };
        return new Composer(TokenModel.Create(recipe, ((TokenOptions)representation).Fit([Waltz]), new RandomSource(1)));
    }

    public static TheoryData<RepresentationOptions> Schemes => [new NoteDurationOptions(), new BarsOptions()];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Length_in_bars_is_kept_in_the_meter_of_the_piece(RepresentationOptions scheme)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Score score = Untrained(scheme).Compose(new ComposeOptions { Seed = seed, Bars = 6 }).Score;
            var bars = new BarMap(score);
            Assert.InRange(bars.At(score.End - new Tick(1)).Number - bars.FirstNumber + 1, 1, 6); // the last bars may be silent
            Assert.Null(score.FirstFault());
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void The_same_seed_gives_the_same_piece_and_another_seed_another(RepresentationOptions scheme)
    {
        Composer composer = Untrained(scheme);
        Score piece = composer.Compose(new ComposeOptions { Seed = 5, Bars = 4 }).Score;
        Assert.Equal(piece, composer.Compose(new ComposeOptions { Seed = 5, Bars = 4 }).Score);
        Assert.NotEqual(piece.NotesInOrder(), composer.Compose(new ComposeOptions { Seed = 6, Bars = 4 }).Score.NotesInOrder());
    }

    [Fact]
    public void Pieces_composed_side_by_side_do_not_disturb_each_other()
    {
        Composer composer = Untrained(new NoteDurationOptions());
        Score[] alone = [.. Enumerable.Range(0, 6).Select(seed => Compose(seed))];
        var together = new Score[alone.Length];
        Parallel.For(0, alone.Length, seed => together[seed] = Compose(seed));
        Assert.Equal(alone, together);

        Score Compose(int seed) => composer.Compose(new ComposeOptions { Seed = (ulong)seed, Bars = 4 }).Score;
    }

    [Theory]
    [InlineData(256, true), InlineData(0, false)]
    public void Repetition_brings_back_what_the_piece_said_before_where_the_model_recalls(int recall, bool expected)
    {
        Composer composer = Untrained(new NoteDurationOptions(), recall);
        int plain = Repeated(repetition: 0), willing = Repeated(repetition: 4);
        if (expected) Assert.True(willing > 2 * plain, $"{plain} runs repeated without it, {willing} with");
        else Assert.Equal(plain, willing);

        // Runs of six pitches that stand in the piece more than once; the primer says six notes four times.
        int Repeated(float repetition)
        {
            Score primer = Score.Piano(Enumerable.Range(0, 24).Select(i => new Note(new Tick(i * 480), new Tick(480), (byte)(60 + (i * i % 6)), 80)));
            Score piece = composer.Compose(new ComposeOptions { Primer = primer, Bars = 32, Seed = 2, Repetition = repetition, Temperature = 0.3f, Guard = false }).Score;
            byte[] pitches = [.. piece.NotesInOrder().Select(note => note.Pitch)];
            return Enumerable.Range(0, pitches.Length - 5).GroupBy(i => Convert.ToHexString(pitches, i, 6)).Sum(run => run.Count() - 1);
        }
    }

    [Fact]
    public void A_primer_stands_at_the_beginning_and_the_piece_goes_on_in_its_meter()
    {
        Composition piece = Untrained(new NoteDurationOptions()).Compose(new ComposeOptions { Primer = Waltz, Bars = 2, Seed = 3 });
        Assert.Equal(Waltz.NotesInOrder().Select(note => (note.Onset, note.Pitch)), piece.Score.NotesInOrder().Take(24).Select(note => (note.Onset, note.Pitch)));
        Assert.Equal(Waltz.End, piece.ComposedFrom);
        Assert.Equal(Waltz.Meters, piece.Score.Meters);
        Assert.True(piece.Score.NoteCount > 24);
    }

    [Fact]
    public void A_primer_without_notes_is_refused() =>
        Assert.Throws<ArgumentException>(() => Untrained(new NoteDurationOptions()).Compose(new ComposeOptions { Primer = new Score() }));

    [Fact]
    public void Length_in_seconds_is_kept()
    {
        Score score = Untrained(new NoteDurationOptions()).Compose(new ComposeOptions { Length = new Second(9), QuartersPerMinute = 80, Seed = 2 }).Score;
        Assert.InRange(new TempoMap(score).ToSeconds(score.End).Value, 6, 9.0001);
    }

    [Fact]
    public void Progress_tells_of_every_note_once_and_in_order()
    {
        var told = new List<Note>();
        double share = 0;
        Composition piece = Untrained(new NoteDurationOptions()).Compose(
            new ComposeOptions { Seed = 4, Bars = 8 },
            new Immediate<CompositionProgress>(progress =>
            {
                told.AddRange(progress.NewNotes);
                Assert.True(progress.Share >= share);
                share = progress.Share;
            }));
        Assert.Equal(piece.Score.NotesInOrder().Select(note => (note.Onset, note.Pitch)), told.Select(note => (note.Onset, note.Pitch)));
        Assert.Equal(1, share);
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Untrained(new NoteDurationOptions()).Compose(new ComposeOptions(), null, cancelled.Token));
    }

    [Fact]
    public void The_guard_breaks_a_loop_that_the_likeliest_tokens_fall_into()
    {
        Composer composer = Untrained(new NoteDurationOptions());
        var options = new ComposeOptions { Temperature = 0, Bars = 24 };
        Composition free = composer.Compose(options with { Guard = false });
        Composition guarded = composer.Compose(options with { Guard = true });
        Assert.True(Collapse.Of(free.Score).Exceeds()); // taking the likeliest each time never leaves its loop
        Assert.False(Collapse.Of(guarded.Score).Exceeds(), Collapse.Of(guarded.Score).ToString());
        Assert.True(guarded.GuardInterventions > 0);
    }

    [Fact]
    public void Saved_and_loaded_it_composes_the_same()
    {
        string folder = Directory.CreateTempSubdirectory("etude-").FullName;
        TrainedModel model = TokenModel.Create(
            new Recipe { Name = "saved", Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(16)] } },
            new NoteDurationOptions().Fit([Waltz]), new RandomSource(9));
        model.Save(folder, "# A card\n");
        Composition before = new Composer(model).Compose(new ComposeOptions { Seed = 1, Bars = 4 });
        Composition after = Composer.Load(folder).Compose(new ComposeOptions { Seed = 1, Bars = 4 });
        Directory.Delete(folder, recursive: true);

        Assert.Equal(before.Score.NotesInOrder(), after.Score.NotesInOrder());
        Assert.Equal(64, after.ModelHash.Length);
        Assert.Contains(after.Score.Texts, text => text.Contains(after.ModelHash, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_no_model_is_named() =>
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => Composer.Load("nowhere")).Message, StringComparison.Ordinal);

    private sealed class Immediate<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
