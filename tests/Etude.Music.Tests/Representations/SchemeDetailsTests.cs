using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using static Etude.Music.Tests.Representations.Some;

namespace Etude.Music.Tests.Representations;

/// <summary>What each scheme writes, on music small enough to work out by hand.</summary>
public sealed class SchemeDetailsTests
{
    [Fact]
    public void Note_duration_writes_chords_and_waits()
    {
        Score score = Score.Piano([Note(0, 480, 64), Note(0, 960, 60), Note(960 + 1920 + 160, 160, 67)]);
        Assert.Equal("note 60 24, note 64 12, wait 48, wait 28, note 67 4", Text("""{"scheme":"note-duration"}""", score));
    }

    [Fact]
    public void Note_duration_takes_the_nearest_known_pair()
    {
        var fitted = Fit("""{"scheme":"note-duration"}""", [Score.Piano([Note(0, 480, 60), Note(480, 960, 60), Note(480, 120, 67)])]);
        var encoding = fitted.Encode(Score.Piano([Note(0, 440, 60), Note(1920, 100, 62), Note(1920, 100, 120)]));
        Assert.Equal("note 60 12, wait 48, note 60 12, note 67 3", string.Join(", ", fitted.Describe(encoding.Tokens.AsSpan())));
        Assert.Equal(3, encoding.Losses[EncodingLoss.NotInVocabulary]);
    }

    [Fact]
    public void What_a_keyboard_cannot_play_is_counted()
    {
        Score score = new()
        {
            Tracks =
            [
                new Track { Notes = [Note(0, 960, 60), Note(480, 480, 60), Note(480, 960, 60), Note(960, 9600, 72)], Pedals = [new Pedal(default, new Tick(9))] },
                new Track { Program = 40, Notes = [Note(0, 1, 1), Note(0, 1, 2)] },
            ],
        };
        var losses = Fit("""{"scheme":"note-duration"}""", [score]).Encode(score).Losses;
        Assert.Equal("OtherInstrument 2, SameKeyTwice 1, CutByRepeat 1, TooLong 1, Pedal 1", losses.ToString());
        Assert.Equal(12, (losses + losses).Total);
    }

    [Theory]
    [InlineData(new[] { 60, 64, 67 }, "0.4.7")]
    [InlineData(new[] { 64, 67, 72 }, "0.4.7")]
    [InlineData(new[] { 65, 69, 72 }, "5.9.0")]
    [InlineData(new[] { 60, 63, 66, 69 }, "0.3.6.9")]
    [InlineData(new[] { 55, 59, 62, 65 }, "11.2.5.7")]
    [InlineData(new[] { 60, 61, 71 }, "11.0.1")]
    [InlineData(new[] { 62, 69 }, "9.2")]
    [InlineData(new[] { 52, 64, 76 }, "4")]
    [InlineData(new[] { 60, 61, 63, 66, 68, 69 }, "6.8.9.0.1.3")]
    [InlineData(new[] { 63 }, "E-4")]
    [InlineData(new[] { 0 }, "C-1")]
    [InlineData(new[] { 3 }, "E--1")]
    [InlineData(new[] { 127 }, "G9")]
    public void Notes_chords_names(int[] pitches, string name) =>
        Assert.Equal(name, Text("""{"scheme":"notes-chords"}""", Score.Piano(pitches.Select(pitch => Note(0, 480, pitch)))));

    [Fact]
    public void Chords_lie_around_the_middle_octave()
    {
        var fitted = Fit("""{"scheme":"notes-chords"}""", [Score.Piano([Note(0, 480, 35), Note(0, 480, 38), Note(0, 480, 79)])]);
        Assert.Equal("7.11.2", fitted.Vocabulary[0]);
        Assert.Equal([67, 71, 74], fitted.Decode([0]).Tracks[0].Notes.Select(note => (int)note.Pitch));
    }

    [Fact]
    public void An_unknown_chord_becomes_the_nearest()
    {
        Score known = Score.Piano([Note(0, 9, 60), Note(0, 9, 64), Note(0, 9, 67), Note(480, 9, 60), Note(480, 9, 65), Note(480, 9, 69), Note(960, 9, 50), Note(1440, 9, 80)]);
        var fitted = Fit("""{"scheme":"notes-chords"}""", [known]);
        var encoding = fitted.Encode(Score.Piano([Note(0, 9, 60), Note(0, 9, 64), Note(0, 9, 67), Note(0, 9, 70), Note(480, 9, 78)]));
        Assert.Equal(["0.4.7", "G#5"], fitted.Describe(encoding.Tokens.AsSpan()));
        Assert.Equal(2, encoding.Losses[EncodingLoss.NotInVocabulary]);
    }

    [Fact]
    public void Grid_chords_hold_and_rest()
    {
        Score score = Score.Piano([Note(240, 480, 60), Note(240, 240, 64), Note(1200, 240, 62)]);
        Assert.Equal(
            "rest, C4+E4, hold, rest, rest, D4",
            Text("""{"scheme":"grid-chords","grid":"2 per quarter","spelling":"pitches"}""", score));
        Assert.Equal("EndMoved 1", Fit("""{"scheme":"grid-chords","grid":"2 per quarter","spelling":"pitches"}""", [score]).Encode(score).Losses.ToString());
    }

    [Fact]
    public void Grid_chords_count_tenths_of_a_second_through_tempo_changes()
    {
        Score score = Score.Piano([Note(0, 480, 60), Note(480, 480, 62), Note(960, 480, 64)]) with
        {
            Tempos = [Tempo.Default, new Tempo(new Tick(480), 1_000_000)],
        };
        Assert.Equal(
            "C4, hold, hold, hold, hold, D4, hold, hold, hold, hold, hold, hold, hold, hold, hold, E4, hold, hold, hold, hold, hold, hold, hold, hold, hold",
            Text("""{"scheme":"grid-chords"}""", score));
    }

    [Fact]
    public void Monophonic_hears_the_highest()
    {
        Score score = Score.Piano([Note(0, 480, 60), Note(120, 120, 72), Note(480, 120, 60), Note(720, 120, 61)]);
        Assert.Equal("pitch 60, pitch 72, pitch 60, pitch 60, pitch 60, rest, pitch 61", Text("""{"scheme":"monophonic"}""", score));
        Assert.Equal("BelowTheTop 1, RepeatJoined 1", Fit("""{"scheme":"monophonic"}""", []).Encode(score).Losses.ToString());
        Assert.Equal(129, Fit("""{"scheme":"monophonic"}""", []).Vocabulary.Count);
    }

    [Fact]
    public void Performance_events_of_oore_and_others()
    {
        Score score = Score.Piano([Note(0, 1920, 60, 100), Note(480, 480, 64, 100), Note(960, 960, 64, 20)]);
        var performance = Fit("""{"scheme":"performance"}""", []);
        Assert.Equal(388, performance.Vocabulary.Count);
        Assert.Equal(
            "velocity 25, on 60, shift 50, on 64, shift 50, off 64, velocity 5, on 64, shift 100, off 60, off 64",
            string.Join(", ", performance.Describe(performance.Encode(score).Tokens.AsSpan())));
    }

    [Fact]
    public void Performance_notes_last_as_long_as_the_pedal()
    {
        Score score = Score.Piano([Note(0, 480, 60), Note(480, 480, 62), Note(1920, 480, 64)]);
        score = score with { Tracks = [score.Tracks[0] with { Pedals = [new Pedal(new Tick(240), new Tick(960)), new Pedal(new Tick(1300), new Tick(10))] }] };
        Assert.Equal("velocity 20, on 60, shift 50, on 62, shift 75, off 60, off 62, shift 75, on 64, shift 50, off 64", Text("""{"scheme":"performance"}""", score));
    }

    [Fact]
    public void A_roll_has_sixteen_steps_in_a_bar_of_any_meter()
    {
        Score score = Score.Piano([Note(0, 1440, 21), Note(1440, 720, 108), Note(1440 + 960, 480, 60)]) with
        {
            Meters = [new Meter(default, 3, 4), new Meter(new Tick(1440), 6, 8)],
        };
        var roll = Some.Roll("""{"scheme":"roll"}""");
        Roll encoded = roll.Encode(score).Roll;
        Assert.Equal(32, encoded.Steps);
        for (int step = 0; step < 32; step++)
        {
            Assert.Equal(step < 16, encoded[step, 0]);
            Assert.Equal(step is >= 16 and < 24, encoded[step, 87]);
        }
        Assert.Equal(16 + 8 + 5, encoded.Count); // beat 2 of 3 begins at 26.67, which is step 27
        Assert.Equal(0, roll.Decode(encoded).Tracks[0].Notes[0].Onset.Value);
        Assert.Equal([0, 1440, 2430], roll.Decode(encoded, DecodeOptions.From(score)).Tracks[0].Notes.Select(note => note.Onset.Value));
    }

    [Fact]
    public void Starts_and_continuations()
    {
        var roll = Some.Roll("""{"scheme":"starts-continues","grid":"4 per quarter"}""");
        Roll encoded = roll.Encode(Score.Piano([Note(0, 240, 21), Note(240, 120, 21), Note(120, 120, 108)])).Roll;
        Assert.Equal([(0, 0), (1, 1), (1, 174), (2, 0)], Ones(encoded));
        Roll cut = encoded.Slice(1, 2);
        Assert.Equal([(0, 120, 21), (0, 120, 108), (120, 120, 21)], roll.Decode(cut).Tracks[0].Notes.Select(note => (note.Onset.Value, note.Duration.Value, (int)note.Pitch)));

        static IEnumerable<(int, int)> Ones(Roll roll) =>
            from step in Enumerable.Range(0, roll.Steps)
            from column in Enumerable.Range(0, roll.Width)
            where roll[step, column]
            select (step, column);
    }

    private static string Text(string options, Score score)
    {
        var fitted = Fit(options, [score]);
        return string.Join(", ", fitted.Describe(fitted.Encode(score).Tokens.AsSpan()));
    }
}
