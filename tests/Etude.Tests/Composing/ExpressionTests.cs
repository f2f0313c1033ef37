using Etude.Composing;
using Etude.Composing.Directors;
using Etude.Music.Scores;

namespace Etude.Tests.Composing;

public sealed class ExpressionTests
{
    private static readonly Score Nothing = new() { Meters = [Meter.Default], Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, 100)] };

    // Eight bars of a melody in quarter notes over held chords, C and G by turns.
    private static readonly NewMusic Music = new(
        [.. Enumerable.Range(0, 32).Select(beat => Note(beat * 480, 480, 72 + (beat % 5)))],
        [.. Enumerable.Range(0, 8).SelectMany(bar => (bar % 2 == 0 ? new[] { 48, 52, 55 } : [43, 50, 59]).Select(pitch => Note(bar * 1920, 1920, pitch)))],
        Tick.Zero, new Tick(8 * 1920));

    [Fact]
    public void The_melody_sounds_above_what_goes_with_it_and_the_bass_above_the_inner_notes()
    {
        Score score = Expression.Play(Music, Nothing, new ComposeOptions());
        double melody = Mean(score.Tracks[0].Notes), accompaniment = Mean(score.Tracks[1].Notes);
        Assert.True(melody > accompaniment + 6, $"{melody} and {accompaniment}");
        foreach (var chord in score.Tracks[1].Notes.GroupBy(note => note.End))
        {
            Assert.Equal(chord.Min(note => note.Pitch), chord.MaxBy(note => note.Velocity).Pitch);
        }
    }

    [Fact]
    public void A_phrase_of_four_bars_rises_and_falls_and_the_end_fades()
    {
        Note[] melody = [.. Expression.Play(Music, Nothing, new ComposeOptions()).Tracks[0].Notes];
        double begin = Mean(melody[..4]), top = Mean(melody[8..12]), end = Mean(melody[12..16]), last = Mean(melody[28..]);
        Assert.True(top > begin + 3 && top > end + 1, $"{begin}, {top}, {end}");
        Assert.True(last < end - 3, $"{end}, {last}");
    }

    [Fact]
    public void Notes_come_a_little_late_but_end_where_they_are_written_and_the_melody_leads()
    {
        Score score = Expression.Play(Music, Nothing, new ComposeOptions());
        var time = new TempoMap(Nothing);
        foreach (var (played, written) in score.Tracks.SelectMany(track => track.Notes.OrderBy(note => (note.End, note.Pitch)))
            .Zip(Music.Right.OrderBy(note => (note.End, note.Pitch)).Concat(Music.Left.OrderBy(note => (note.End, note.Pitch)))))
        {
            Assert.Equal((written.End, written.Pitch), (played.End, played.Pitch));
            Assert.InRange(time.ToSeconds(played.Onset).Value - time.ToSeconds(written.Onset).Value, 0, 0.02);
        }
        Assert.True(score.Tracks[0].Notes[0].Onset < score.Tracks[1].Notes[0].Onset);
        Assert.Null(score.FirstFault());
    }

    [Fact]
    public void The_pedal_changes_with_the_harmony_and_a_harpsichord_has_none()
    {
        Score score = Expression.Play(Music, Nothing, new ComposeOptions());
        Pedal[] pedals = [.. score.Tracks.SelectMany(track => track.Pedals)];
        Assert.True(pedals.Length >= 8);
        Assert.DoesNotContain(pedals, pedal => (pedal.Onset.Value / 1920) != (pedal.End.Value / 1920)); // none is held over into the next chord
        Assert.Empty(Expression.Play(Music, Nothing, new ComposeOptions { Steering = new Steering { Style = "bach" } }).Tracks.SelectMany(track => track.Pedals));
    }

    [Fact]
    public void The_last_bar_slows_down_only_where_the_piece_ends()
    {
        Score ends = Expression.Play(Music, Nothing, new ComposeOptions());
        Assert.Equal(7 * 1920, ends.Tempos[1].Onset.Value);
        Assert.Equal(75, ends.Tempos[^1].QuartersPerMinute, 1);
        Assert.Single(Expression.Play(Music, Nothing, new ComposeOptions { Steering = new Steering { Ends = false } }).Tempos);
    }

    [Fact]
    public void Among_notes_played_evenly_a_gap_is_played_evenly()
    {
        Score given = Score.Piano([Note(0, 480, 60), Note(9 * 1920, 480, 60)]);
        Score score = Expression.Play(Music, given, new ComposeOptions { Gap = new Gap(given, 1, 8) });
        Assert.All(score.NotesInOrder(), note => Assert.Equal(80, note.Velocity));
    }

    private static double Mean(IEnumerable<Note> notes) => notes.Average(note => note.Velocity);

    private static Note Note(int onset, int duration, int pitch) => new(new Tick(onset), new Tick(duration), (byte)pitch, 80);
}
