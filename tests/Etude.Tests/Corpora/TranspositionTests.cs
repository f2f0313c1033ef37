using Etude.Corpora;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora;

public sealed class TranspositionTests
{
    private static CorpusPiece Piece(byte pitch) =>
        Corpus.FromScores([("piece", SomeScores.Quarters(20, pitch))], new() { Split = SplitOptions.Shares(1, 0) }).Pieces[0];

    [Fact]
    public void Draws_every_key_about_equally_often_and_the_same_again()
    {
        var transposition = new Transposition(5, 6, Seed: 3);
        CorpusPiece piece = Piece(60);
        int[] drawn = [.. Enumerable.Range(0, 2400).Select(epoch => transposition.Semitones(piece, epoch))];
        Assert.Equal(drawn, Enumerable.Range(0, 2400).Select(epoch => transposition.Semitones(piece, epoch)));
        Assert.Equal(Enumerable.Range(-5, 12), drawn.Distinct().Order());
        Assert.All(drawn.CountBy(semitones => semitones), pair => Assert.InRange(pair.Value, 140, 260));
    }

    [Theory]
    [InlineData(21, 0, 6)]
    [InlineData(107, -5, 1)]
    public void Stays_on_the_piano(byte pitch, int lowest, int highest)
    {
        var transposition = new Transposition(5, 6);
        int[] drawn = [.. Enumerable.Range(0, 500).Select(epoch => transposition.Semitones(Piece(pitch), epoch)).Distinct().Order()];
        Assert.Equal(Enumerable.Range(lowest, highest - lowest + 1), drawn);
    }

    [Theory]
    [InlineData(0, 2, 2)]     // C to D
    [InlineData(0, -1, 5)]    // C to B
    [InlineData(3, 3, 0)]     // A to C
    [InlineData(-3, 1, 4)]    // E flat to E
    [InlineData(1, -1, 6)]    // G to F sharp
    [InlineData(2, 12, 2)]
    public void Moves_the_key_signature(int sharps, int semitones, int expected)
    {
        Score score = SomeScores.Quarters(4) with { KeySignatures = [new KeySignature(Tick.Zero, sharps, false)] };
        Score moved = Transposition.Apply(score, semitones);
        Assert.Equal(expected, moved.KeySignatures[0].Sharps);
        Assert.Equal(60 + semitones, moved.Tracks[0].Notes[0].Pitch);
    }

    [Fact]
    public void Leaves_no_pitch_outside() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Transposition.Apply(SomeScores.Quarters(4, 127), 1));
}
