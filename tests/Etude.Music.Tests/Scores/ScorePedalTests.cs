using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Tests.Scores;

public sealed class ScorePedalTests
{
    private static Note N(int onset, int duration, byte pitch) => new(new(onset), new(duration), pitch, 64);

    private static ImmutableArray<Note> Sounding(Pedal[] pedals, params Note[] notes)
    {
        Track track = new Score { Tracks = [new() { Notes = [.. notes], Pedals = [.. pedals] }] }.WithPedalApplied().Tracks[0];
        Assert.Empty(track.Pedals);
        return track.Notes;
    }

    private static Pedal P(int onset, int end) => new(new(onset), new(end - onset));

    [Fact]
    public void A_note_lasts_until_the_pedal_comes_up() =>
        Assert.Equal([N(0, 100, 60), N(20, 80, 64)], Sounding([P(5, 100)], N(0, 10, 60), N(20, 10, 64)));

    [Fact]
    public void Or_until_its_pitch_is_struck_again() =>
        Assert.Equal([N(0, 30, 60), N(30, 70, 60)], Sounding([P(5, 100)], N(0, 10, 60), N(30, 10, 60)));

    [Fact]
    public void Only_the_pedal_that_is_down_when_the_key_comes_up_counts() =>
        Assert.Equal([N(0, 10, 60), N(0, 20, 61), N(0, 45, 62), N(40, 30, 63), N(50, 30, 64)],
            Sounding([P(10, 20), P(30, 45), P(45, 70)], N(0, 10, 60), N(0, 15, 61), N(0, 40, 62), N(40, 20, 63), N(50, 30, 64)));

    [Fact]
    public void Unisons_struck_together_are_held_together() =>
        Assert.Equal([N(0, 50, 60), N(0, 50, 60), N(50, 40, 60)], Sounding([P(0, 90)], N(0, 10, 60), N(0, 20, 60), N(50, 10, 60)));

    [Fact]
    public void A_note_that_overlaps_the_next_of_its_pitch_is_never_shortened() =>
        Assert.Equal([N(0, 40, 60), N(10, 80, 60)], Sounding([P(0, 90)], N(0, 40, 60), N(10, 50, 60)));
}
