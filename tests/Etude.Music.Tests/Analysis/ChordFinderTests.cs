using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class ChordFinderTests
{
    [Theory]
    [InlineData("C", 48, 52, 55)]
    [InlineData("Em", 52, 55, 59)]
    [InlineData("C", 52, 60, 67)] // first inversion
    [InlineData("Bdim", 47, 50, 53)]
    [InlineData("G7", 43, 47, 50, 53)]
    [InlineData("Am7", 45, 48, 52, 55)] // the notes of C6; the bass decides
    [InlineData("Fmaj7", 53, 57, 60, 64)]
    [InlineData("Bm7b5", 47, 50, 53, 57)]
    [InlineData("Dbaug", 49, 53, 57)] // symmetrical: the bass decides
    [InlineData("F#dim7", 54, 57, 60, 63)]
    public void Chords_are_named(string name, params int[] pitches)
    {
        ChordSpan span = Assert.Single(ChordFinder.Find(Of([.. pitches.Select(pitch => N(0, 4, pitch))]), new Tick(4)));
        Assert.Equal(name, span.Chord.ToString());
        Assert.Equal(1, span.Fit, 12);
    }

    [Fact]
    public void Stretches_weigh_what_sounds_in_them()
    {
        // C major for a bar; a bar of silence; then D minor held over the next bar line, in three bars of 16.
        Score score = Of(N(0, 16, 60), N(0, 16, 64), N(0, 16, 67), N(32, 32, 62), N(32, 32, 65), N(32, 32, 69));
        string[] chords = [.. ChordFinder.Find(score, new Tick(16)).Select(span => span.Chord?.ToString() ?? "none")];
        Assert.Equal(["C", "none", "Dm", "Dm"], chords);
    }

    [Fact]
    public void One_note_is_no_chord() => Assert.Null(Assert.Single(ChordFinder.Find(Of(N(0, 4, 60)), new Tick(4))).Chord);
}
