using Etude.Evaluation.Sets;
using Etude.Music.Scores;

namespace Etude.Tests.Evaluation.Sets;

public sealed class SetFormTests
{
    [Fact]
    public void Each_count_has_its_own_piece_that_fails()
    {
        Score whole = Piece(4, []);
        var set = new PieceSet("some",
        [
            whole,
            Piece(3, []),
            Piece(4, [], last: 50),
            whole with { Tracks = [whole.Tracks[0] with { Notes = [.. whole.Tracks[0].Notes.Select(note => note with { Pitch = 60 })] }] },
            Piece(4, [new Note(new Tick((3 * 1920) + 1800), new Tick(480), 60, 80)]),
            whole with { Meters = [Meter.Default, new Meter(new Tick(1920), 4, 4), new Meter(new Tick(1920 + 960), 4, 4)] },
        ]);
        Assert.Equal(new SetForm("some", 6, 1, 3, 4, 4), SetForm.Of(set, 4));
        Assert.Equal(6, SetForm.Of(set).OfLength);
    }

    [Fact]
    public void Pieces_of_equal_length_are_long_enough_and_cut()
    {
        PieceSet cut = new PieceSet("some", [Piece(2, []), Piece(4, []), Piece(6, [])]).FirstBars(4);
        Assert.Equal([4 * 1920, 4 * 1920], cut.Pieces.Select(piece => piece.End.Value));
    }

    [Fact]
    public void A_pick_up_is_no_bar_of_them()
    {
        Score piece = Piece(6, []) with { Meters = [new Meter(Tick.Zero, 1, 4), new Meter(new Tick(480), 4, 4)] };
        Assert.Equal(480 + (4 * 1920), new PieceSet("some", [piece]).FirstBars(4).Pieces[0].End.Value);
    }

    // Broken chords of C major, a bar each.
    private static Score Piece(int bars, Note[] more, int last = 48)
    {
        int[] degrees = [0, 12, 16, 19];
        var notes = Enumerable.Range(0, bars * 4).Select(beat => new Note(
            new Tick(beat * 480), new Tick(480), (byte)((beat == (bars - 1) * 4 ? last : 48) + degrees[((beat % 4) + ((beat / 4) % 3)) % 4]), 80));
        return Score.Piano([.. notes, .. more]);
    }
}
