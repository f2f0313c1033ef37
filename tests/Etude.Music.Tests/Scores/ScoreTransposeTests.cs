using Etude.Music.Scores;

namespace Etude.Music.Tests.Scores;

public sealed class ScoreTransposeTests
{
    private static readonly Score Piece = new()
    {
        KeySignatures = [new(new(0), 0, false), new(new(10), -3, true)],
        Tracks = [new() { Notes = [new(new(0), new(5), 60, 9), new(new(0), new(5), 126, 9)] }, new() { IsDrums = true, Notes = [new(new(0), new(5), 35, 9)] }],
    };

    [Fact]
    public void Moves_notes_and_keys_but_not_drums()
    {
        Score up = Piece.Transpose(1);
        Assert.Equal([61, 127], up.Tracks[0].Notes.Select(note => (int)note.Pitch));
        Assert.Equal(35, up.Tracks[1].Notes[0].Pitch);
        Assert.Equal([-5, 4], up.KeySignatures.Select(key => key.Sharps)); // D flat major, C sharp minor
        Assert.Equal(Piece, up.Transpose(-1));
    }

    [Fact]
    public void A_note_that_would_leave_is_refused_or_folded()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Piece.Transpose(2));
        Score folded = Piece.Transpose(12, fold: true);
        Assert.Equal([72, 126], folded.Tracks[0].Notes.Select(note => (int)note.Pitch));
        Assert.Null(folded.FirstFault());
        Assert.Equal([0, 6], Piece.Transpose(-120, fold: true).Tracks[0].Notes.Select(note => (int)note.Pitch));
    }
}
