using Etude.Composing;
using Etude.Composing.Directors;
using Etude.Corpora;
using Etude.Evaluation;
using Etude.Evaluation.Originality;
using Etude.Evaluation.Sets;
using Etude.Models;
using Etude.Music.Analysis;
using Etude.Music.Midi;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Neural.Tensors;
using Etude.Recipes;
using Etude.Tests.Corpora;
using Etude.Training;

namespace Etude.Tests.Composing;

/// <summary>What must hold of every piece by a model of sheets, also by one with fresh weights, which draws anything.</summary>
public sealed class SheetComposerTests
{
    private static readonly SheetOptions Options = new() { HeadingBars = 4, LastBars = 6, Styles = [new SheetStyle("bach", ["*"]), new SheetStyle("folk", ["*"])] };

    private static readonly ComposeOptions Plain = new() { Expression = false, Guard = false };

    // Two hands in 3/4 after a pick-up of one quarter note, 384 ticks a quarter note, velocities and names of its own.
    private static readonly Score Given = new()
    {
        TicksPerQuarter = 384,
        Meters = [new Meter(Tick.Zero, 1, 4), new Meter(new Tick(384), 3, 4)],
        Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, 88)],
        Tracks =
        [
            new Track { Name = "upper", Notes = [.. Enumerable.Range(0, 60).Select(beat => Note(beat * 384, 380, 72 + (beat * 5 % 12), 50 + beat))] },
            new Track { Name = "lower", Notes = [.. Enumerable.Range(0, 20).Select(bar => Note(384 + (bar * 1152), 1150, 43 + (bar % 5), 40 + bar))] },
        ],
    };

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void A_piece_has_the_bars_it_was_asked_for_in_the_meter_it_was_asked_for(int bars)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Score score = Untrained().Compose(Plain with { Seed = seed, Bars = bars, Steering = new Steering { Meter = new Meter(default, 6, 8) } }).Score;
            Assert.Equal(["6/8"], score.Meters.Select(meter => meter.ToString()));
            Assert.InRange(score.End.Value, 1, bars * 6 * 240);
            Assert.Null(score.FirstFault());
        }
    }

    [Fact]
    public void A_scale_and_a_range_are_kept()
    {
        var steering = new Steering { Key = new Key(2, true), KeepsScale = true, LowestPitch = 40, HighestPitch = 70, Style = "folk", NotesPerQuarter = 3 };
        Score score = Untrained().Compose(Plain with { Seed = 3, Bars = 6, Steering = steering }).Score;
        Assert.True(score.NoteCount > 20);
        Assert.All(score.NotesInOrder(), note => Assert.InRange(note.Pitch, 40, 70));
        int[] scale = [2, 4, 5, 7, 9, 10, 11, 0, 1];
        Assert.All(score.NotesInOrder(), note => Assert.Contains(note.Pitch % 12, scale));
    }

    [Fact]
    public void Keys_that_nobody_wished_for_are_rarer_the_more_sharps_or_flats_they_have()
    {
        SheetRepresentation sheet = Sheet();
        var logits = new float[sheet.Vocabulary.Count];
        new SheetRules(sheet, Steering.None).PreferNearKeys(logits);
        Assert.Equal((0, 0), (Logit("C major"), Logit("A minor")));
        Assert.True(Logit("Bb major") > Logit("E major") && Logit("E major") > Logit("F# major"));
        Assert.Equal(Logit("Eb major"), Logit("F# minor"));
        Assert.Equal(0, logits[sheet.IdOf(new SheetToken(SheetTokenKind.Bar))!.Value]);

        float Logit(string name) => logits[sheet.IdOf(new SheetToken(SheetTokenKind.Key, Key.Parse(name).Tonic + (Key.Parse(name).IsMinor ? 12 : 0)))!.Value];
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_wished_density_is_kept_even_by_a_model_that_knows_nothing_of_it(double wished)
    {
        var steering = new Steering { NotesPerQuarter = wished, Ends = false, Meter = Meter.Default };
        double[] densities = [.. Enumerable.Range(1, 4).Select(seed =>
            Untrained().Compose(Plain with { Seed = (ulong)seed, Bars = 24, Steering = steering }).Score.NoteCount / (24.0 * 4))];
        Assert.All(densities, density => Assert.InRange(density, wished / 1.5, wished * 1.5));
    }

    [Fact]
    public void The_ninth_and_the_25th_bar_are_drawn_back_to_the_first()
    {
        Assert.InRange(Returns(repetition: 0), 0, 2);
        Assert.True(Returns(repetition: 4) >= 6);

        // Of five pieces: how many of those bars begin with the pitches that the first begins with.
        static int Returns(float repetition) => Enumerable.Range(1, 5).Sum(seed =>
        {
            ComposeOptions options = Plain with { Seed = (ulong)seed, Bars = 28, Repetition = repetition, Steering = new Steering { Meter = Meter.Default } };
            Score score = Untrained().Compose(options).Score;
            return new[] { 8, 24 }.Count(bar => Begins(score, bar).SequenceEqual(Begins(score, 0)));
        });
    }

    [Fact]
    public void The_last_of_four_phrases_goes_on_with_the_first_for_four_bars()
    {
        (int second, int last) = (0, 0);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            ComposeOptions options = Plain with { Seed = seed, Bars = 32, Repetition = 4, Steering = new Steering { Meter = Meter.Default } };
            Score score = Untrained().Compose(options).Score;
            second += Same(score, 8);
            last += Same(score, 24);
        }
        Assert.True(last > second + 2, $"{last} of 15 bars after the first begin as they did in the last phrase, {second} in the second");

        // Of the second to fourth bars of the phrase: how many begin with the pitches that those of the first phrase begin with.
        static int Same(Score score, int phrase) => Enumerable.Range(1, 3).Count(bar => Begins(score, phrase + bar).SequenceEqual(Begins(score, bar)));
    }

    private static IEnumerable<byte> Begins(Score score, int bar) => score.NotesInOrder()
        .Where(note => note.Onset.Value / 1920 == bar).Select(note => note.Pitch).Take(3);

    [Fact]
    public void No_bar_is_silent() => Assert.All(Enumerable.Range(1, 5), seed =>
    {
        Score score = Untrained().Compose(Plain with { Seed = (ulong)seed, Bars = 32, Repetition = 0, Steering = new Steering { Meter = new Meter(Tick.Zero, 2, 4) } }).Score;
        Assert.All(Enumerable.Range(0, 32), bar => Assert.Contains(score.NotesInOrder(), note => note.Onset.Value < (bar + 1) * 960 && note.End.Value > bar * 960));
    });

    [Fact]
    public void The_last_notes_ring_to_the_end_of_the_last_bar()
    {
        Score score = Untrained().Compose(Plain with { Seed = 2, Bars = 6, Steering = new Steering { Meter = Meter.Default } }).Score;
        Note[] notes = [.. score.NotesInOrder()];
        Assert.Equal(6 * 1920, notes.Where(note => note.Onset == notes[^1].Onset).Select(note => note.End.Value).Distinct().Single());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    public void Every_piece_ends_on_the_tonic_chord_of_its_last_bar(int tonic, bool isMinor)
    {
        var key = new Key(tonic, isMinor);
        Score[] pieces = [.. Enumerable.Range(1, 8).Select(seed => Untrained().Compose(
            Plain with { Seed = (ulong)seed, Bars = 5, Steering = new Steering { Key = key, Meter = Meter.Default } }).Score)];
        Assert.All(pieces, piece => Assert.True(Ending.IsOnTonic(piece, key)));
        SetForm form = SetForm.Of(new PieceSet("composed", [.. pieces]), 5);
        Assert.Equal((8, 8), (form.OfLength, form.InMeter));
    }

    [Fact]
    public void An_open_end_is_left_to_the_model() => Assert.Contains(
        Enumerable.Range(1, 8), seed => !Ending.IsOnTonic(Untrained().Compose(
            Plain with { Seed = (ulong)seed, Bars = 5, Steering = new Steering { Key = new Key(0, false), Ends = false, Meter = Meter.Default } }).Score, new Key(0, false)));

    [Fact]
    public void What_was_asked_for_is_counted_beside_what_came()
    {
        SteeringStudy study = SteeringStudy.Of(Untrained(), 4, Plain with { Bars = 4 }, TestContext.Current.CancellationToken);
        Assert.Equal((4, 4), (study.Pieces, study.EndInKey));
        Assert.InRange(study.InKey + study.InRelativeKey, 0, 4);
        Assert.Equal([1, 2, 4, 7], study.Densities.Select(density => density.Asked));
        Assert.All(study.Densities, density => Assert.InRange(density.Mean, density.Least, density.Most));
    }

    [Fact]
    public void Chords_lead_the_left_hand()
    {
        var chords = new Steering { Chords = [Chord.Parse("C"), Chord.Parse("G7")], Meter = Meter.Default };
        Assert.True(Share(chords) > 0.9);
        Assert.True(Share(chords with { Chords = [] }) < 0.6);

        static double Share(Steering steering)
        {
            Score score = Untrained().Compose(Plain with { Seed = 8, Bars = 12, Steering = steering }).Score;
            var left = score.Tracks.Single(track => track.Name == "Left hand").Notes;
            return left.Count(note => Chord.Parse(note.Onset.Value / 1920 % 2 == 0 ? "C" : "G7").PitchClasses.Contains(note.Pitch % 12)) / (double)left.Length;
        }
    }

    [Fact]
    public void An_unknown_style_or_meter_names_those_that_are_known()
    {
        Assert.Contains("bach, folk", Refused(new Steering { Style = "jazz" }), StringComparison.Ordinal);
        Assert.Contains("3/4", Refused(new Steering { Meter = new Meter(default, 17, 16) }), StringComparison.Ordinal);

        static string Refused(Steering steering) =>
            Assert.Throws<ArgumentException>(() => Untrained().Compose(Plain with { Steering = steering })).Message;
    }

    [Fact]
    public void Other_models_refuse_to_be_steered()
    {
        var recipe = new Recipe { Name = "other", Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(8)] } };
        var other = new Composer(TokenModel.Create(recipe, new NoteDurationOptions().Fit([Given]), new RandomSource(1)));
        Assert.Throws<ArgumentException>(() => other.Compose(new ComposeOptions { Steering = new Steering { Style = "bach" } }));
        Assert.Throws<ArgumentException>(() => other.Compose(new ComposeOptions { Gap = new Gap(Given, 2, 3) }));
    }

    [Fact]
    public void What_is_continued_stays_to_the_byte_and_goes_on_after_its_last_bar()
    {
        Composition piece = Untrained().Compose(new ComposeOptions { Primer = Given, Bars = 5, Seed = 2 });
        Assert.Equal(384 + (20 * 1152), piece.ComposedFrom.Value);
        AssertKept(Given, piece.Score, note => true, note => note.Onset >= piece.ComposedFrom);
        Assert.Equal(Given.Meters, piece.Score.Meters);
        Assert.InRange(piece.Score.End.Value, piece.ComposedFrom.Value + 1, piece.ComposedFrom.Value + (5 * 1152));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Hand.Left)]
    [InlineData(Hand.Right)]
    public void Filling_changes_the_bars_of_the_gap_and_nothing_else(Hand? hand)
    {
        int from = 384 + (4 * 1152), to = 384 + (8 * 1152); // bars 5 to 8 after the pick-up
        for (ulong seed = 1; seed <= 4; seed++)
        {
            Composition piece = Untrained().Compose(new ComposeOptions { Gap = new Gap(Given, 5, 8) { Hand = hand }, Seed = seed });
            Assert.Equal(from, piece.ComposedFrom.Value);
            Assert.Null(piece.Score.FirstFault());
            for (int track = 0; track < 2; track++)
            {
                bool isKept = hand is { } only && only != (track == 0 ? Hand.Right : Hand.Left);
                AssertKept(
                    Given with { Tracks = [Given.Tracks[track]] }, piece.Score with { Tracks = [piece.Score.Tracks[track]] },
                    note => isKept || !InGap(note), note => !isKept && InGap(note));
            }
            Assert.NotEqual(Given.NotesInOrder(), piece.Score.NotesInOrder());
        }

        bool InGap(Note note) => note.Onset.Value >= from && note.Onset.Value < to && note.End.Value <= to + 1152;
    }

    [Fact]
    public void A_piece_played_by_one_part_is_filled_too()
    {
        Score one = Score.Piano(Given.NotesInOrder(), 384) with { Meters = Given.Meters };
        Composition piece = Untrained().Compose(new ComposeOptions { Gap = new Gap(one, 5, 8) { Hand = Hand.Left }, Seed = 1 });
        Track track = Assert.Single(piece.Score.Tracks);
        Assert.Equal(one.Tracks[0].Notes.Where(note => note.Pitch >= 60), track.Notes.Where(note => note.Pitch >= 60 && one.Tracks[0].Notes.Contains(note)));
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(21, 21)]
    [InlineData(7, 6)]
    public void Bars_that_are_not_there_are_refused_with_those_that_are(int first, int last) => Assert.Contains(
        "the piece has bars 0 to 20",
        Assert.Throws<ArgumentException>(() => Untrained().Compose(new ComposeOptions { Gap = new Gap(Given, first, last) })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Progress_tells_the_composed_notes_of_a_gap_once()
    {
        var told = new List<Note>();
        Composition piece = Untrained().Compose(
            Plain with { Gap = new Gap(Given, 5, 8), Seed = 3 }, new Immediate(progress => told.AddRange(progress.NewNotes)));
        Note[] composed = [.. piece.Score.NotesInOrder().Where(note => note.Onset >= piece.ComposedFrom && note.Onset.Value < 384 + (8 * 1152))];
        Assert.Equal(composed.Select(note => (note.Onset, note.Pitch)), told.Select(note => (note.Onset, note.Pitch)));
    }

    [Fact]
    public void A_trained_model_ends_on_the_tonic_and_refuses_to_copy()
    {
        var recipe = new Recipe
        {
            Name = "small",
            Corpus = new CorpusOptions { Split = SplitOptions.Counts(19, 1), Duplicates = DuplicateHandling.Ignore },
            Representation = Options,
            Network = new NetworkOptions { Embedding = 24, Layers = [new LstmOptions(48)] },
            Optimizer = new OptimizerSettings { LearningRate = 0.01f, ClipNorm = 1 },
            Training = new TrainingSettings { Epochs = 8, Steps = 48, Batch = 4, KeepEvery = 0, Infill = 0.3f, Headings = 0.5f },
        };
        using var folder = new TemporaryFolder();
        Corpus corpus = Corpus.FromScores(SomeScores.Pieces(20), recipe.Corpus);
        using (var trainer = new Trainer(recipe, corpus, folder["run"])) trainer.Train(cancellation: TestContext.Current.CancellationToken);
        Composer composer = Composer.Load(folder["run"]);
        var index = CorpusIndex.Build(corpus.In(Split.Training).Select(piece => (piece.Name, piece.Score)));

        int onTonic = 0, longest = 0, longestFree = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var options = Plain with { Seed = seed, Bars = 12, Steering = new Steering { Key = new Key(0, false), Meter = Meter.Default } };
            Composition piece = composer.Compose(options);
            Score last = piece.Score.Slice(new Tick(11 * 1920), new Tick(12 * 1920));
            if (last.NoteCount > 0 && last.NotesInOrder()[^1].Pitch % 12 is 0 or 4 or 7) onTonic++;
            longest = Math.Max(longest, OriginalityReport.Of(piece.Score, index).LongestRun?.SharedNotes ?? 0);
            longestFree = Math.Max(longestFree, OriginalityReport.Of(composer.Compose(options with { CopyGuard = false }).Score, index).LongestRun?.SharedNotes ?? 0);
        }
        Assert.True(onTonic >= 4, $"{onTonic} of 6 end on the tonic's chord");
        Assert.InRange(longest, 0, 16);
        TestContext.Current.TestOutputHelper?.WriteLine($"longest run {longest}, without the guard {longestFree}");
    }

    [Fact]
    public void The_best_of_several_candidates_is_given()
    {
        Composition one = Untrained().Compose(Plain with { Seed = 5, Bars = 4 });
        Composition best = Untrained().Compose(Plain with { Seed = 5, Bars = 4, Candidates = 6 });
        Assert.True(best.NatsPerToken <= one.NatsPerToken);
        Assert.Equal(best.Score, Untrained().Compose(Plain with { Seed = 5, Bars = 4, Candidates = 6 }).Score);
    }

    private static SheetRepresentation Sheet() => (SheetRepresentation)Options.Fit([Given]);

    private static Composer Untrained()
    {
        var recipe = new Recipe { Name = "untrained", Representation = Options, Network = new NetworkOptions { Embedding = 8, Layers = [new LstmOptions(16)] } };
        return new Composer(TokenModel.Create(recipe, Sheet(), new RandomSource(1)));
    }

    private static Note Note(int onset, int duration, int pitch, int velocity) => new(new Tick(onset), new Tick(duration), (byte)pitch, (byte)velocity);

    // The kept notes are those that were given, and the bytes of a file of them are the same.
    private static void AssertKept(Score given, Score piece, Func<Note, bool> isKept, Func<Note, bool> isNew)
    {
        Score kept = given with { Tracks = [.. given.Tracks.Select(track => track with { Notes = [.. track.Notes.Where(isKept)] })] };
        Score left = given with { Tracks = [.. piece.Tracks.Select((track, i) => given.Tracks[i] with { Notes = [.. track.Notes.Where(note => !isNew(note))] })] };
        Assert.Equal(MidiFile.ToBytes(kept), MidiFile.ToBytes(left));
    }

    private sealed class Immediate(Action<CompositionProgress> report) : IProgress<CompositionProgress>
    {
        public void Report(CompositionProgress value) => report(value);
    }
}
