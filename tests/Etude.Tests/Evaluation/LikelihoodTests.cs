using Etude.Evaluation;
using Etude.Music.Scores;

namespace Etude.Tests.Evaluation;

public sealed class LikelihoodTests
{
    [Fact]
    public void Bits_divide_by_notes_and_seconds_of_all_pieces()
    {
        // 3 and 1 notes of one second each (60 quarters a minute), 2 bits a note and 4 bits a piece besides.
        Likelihood likelihood = Likelihood.Of(new Coins(), [Piece(3), Piece(1), Score.Piano([])]);
        Assert.Equal((2 * 4 + 2 * 4) / 4.0, likelihood.BitsPerNote.Estimate, 12);
        Assert.Equal((2 * 4 + 2 * 4) / 4.0, likelihood.BitsPerSecond.Estimate, 12);
        Assert.Equal((2, 4), (likelihood.Pieces, likelihood.Notes));
        Assert.Equal((2 * 3 + 4) / 3.0, likelihood.BitsPerNote.Low, 12); // only the longer piece drawn
        Assert.Equal(2 + 4, likelihood.BitsPerNote.High, 12); // only the shorter
    }

    private static Score Piece(int notes) =>
        Score.Piano(Enumerable.Range(0, notes).Select(i => new Note(new Tick(480 * i), new Tick(480), 60, 80))) with
        {
            Tempos = [Tempo.FromQuartersPerMinute(Tick.Zero, 60)],
        };

    private sealed class Coins : IScoreModel
    {
        public string Name => "coins";

        public double NegativeLogLikelihood(Score score) => (2 * score.NoteCount + 4) * Math.Log(2);
    }
}
