using Etude.Corpora;
using Etude.Corpora.Preparing;
using Etude.Music.Scores;

namespace Etude.Tests.Corpora.Preparing;

public sealed class PieceFilterTests
{
    private static DropReason? Reason(Score score, CorpusOptions options, int repairs = 0) =>
        new PieceFilter(options).Apply(score, repairs).Verdict?.Reason;

    [Fact]
    public void Meter_changes_within_the_piece_count_and_those_after_it_do_not()
    {
        CorpusOptions options = new() { Meters = ["4/4", "2/4"] };
        Score piece = SomeScores.Quarters(40);
        Assert.Null(Reason(piece, options));
        Assert.Null(Reason(piece.WithMeters((0, 2, 4), (20, 4, 4)), options));
        Assert.Equal(DropReason.Meter, Reason(piece.WithMeters((0, 4, 4), (20, 3, 4)), options));
        Assert.Null(Reason(piece.WithMeters((0, 4, 4), (40, 3, 4)), options));
    }

    [Fact]
    public void A_pick_up_written_as_a_short_bar_is_no_other_meter()
    {
        CorpusOptions options = new() { Meters = ["4/4"] };
        Score piece = SomeScores.Quarters(40);
        Assert.Null(Reason(piece.WithMeters((0, 1, 4), (1, 4, 4)), options));
        Assert.Equal(DropReason.Meter, Reason(piece.WithMeters((0, 1, 4), (2, 4, 4)), options));
        Assert.Equal(DropReason.Meter, Reason(piece.WithMeters((0, 5, 4), (5, 4, 4)), options));
    }

    [Fact]
    public void Length_is_limited_in_notes_and_in_seconds()
    {
        Score piece = SomeScores.Quarters(40); // 20 seconds
        Assert.Equal(DropReason.TooLong, Reason(piece, new() { MaximumNotes = 39 }));
        Assert.Null(Reason(piece, new() { MaximumNotes = 40, MinimumNotes = 40, MinimumSeconds = 20, MaximumSeconds = 20 }));
        Assert.Equal(DropReason.TooShort, Reason(piece, new() { MinimumSeconds = 20.1 }));
        Assert.Equal(DropReason.TooLong, Reason(piece, new() { MaximumSeconds = 19.9 }));
    }

    [Fact]
    public void Repairs_are_limited()
    {
        Assert.Null(Reason(SomeScores.Quarters(40), new(), repairs: 1000));
        Assert.Equal(DropReason.TooManyRepairs, Reason(SomeScores.Quarters(40), new() { MaximumRepairs = 2 }, repairs: 3));
    }

    [Theory]
    [InlineData(10, 50, 22, 62)]    // an octave up
    [InlineData(80, 120, 68, 108)]  // an octave down
    [InlineData(2, 30, 26, 54)]     // two octaves up
    public void Transposing_moves_by_the_fewest_octaves(byte low, byte high, int newLow, int newHigh)
    {
        Score score = Score.Piano([.. SomeScores.Quarters(20, low).Tracks[0].Notes, .. SomeScores.Quarters(20, high).Tracks[0].Notes]);
        var (kept, losses, verdict) = new PieceFilter(new() { OutOfRange = OutOfRange.Transpose }).Apply(score, 0);
        Assert.Null(verdict);
        Assert.Equal(default, losses);
        Assert.Equal((newLow, newHigh), PieceFilter.PitchRange(kept));
    }

    [Fact]
    public void Pitches_out_of_range_can_cost_the_piece()
    {
        Score wide = Score.Piano([.. SomeScores.Quarters(20, 5).Tracks[0].Notes, .. SomeScores.Quarters(20, 120).Tracks[0].Notes]);
        Assert.Equal(DropReason.PitchRange, Reason(wide, new() { OutOfRange = OutOfRange.DropPiece }));
        Assert.Equal(DropReason.PitchRange, Reason(wide, new() { OutOfRange = OutOfRange.Transpose }));
        Assert.Equal(DropReason.NoNotes, Reason(wide, new()));
    }

    [Fact]
    public void One_part_can_be_chosen()
    {
        Score score = new() { Tracks = [SomeScores.Quarters(30, 50).Tracks[0], SomeScores.Quarters(20, 70).Tracks[0]] };
        Assert.Equal(50, new PieceFilter(new() { Parts = PartChoice.Busiest }).Apply(score, 0).Score.Tracks.Single().Notes[0].Pitch);
        var (highest, losses, _) = new PieceFilter(new() { Parts = PartChoice.Highest }).Apply(score, 0);
        Assert.Equal(70, highest.Tracks.Single().Notes[0].Pitch);
        Assert.Equal(new Losses { UnchosenParts = 1, UnchosenNotes = 30 }, losses);
    }
}
