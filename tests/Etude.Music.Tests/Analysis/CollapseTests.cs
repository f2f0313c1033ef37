using Etude.Music.Analysis;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class CollapseTests
{
    [Fact]
    public void One_note_for_ever_is_caught()
    {
        Collapse collapse = Collapse.Of(Of([.. Enumerable.Range(0, 40).Select(i => N(4 * i, 4, 60))]));
        Assert.Equal(1, collapse.CommonestNoteShare);
        Assert.Equal((1.0, 40, 1), (collapse.LoopShare, collapse.LoopNotes, collapse.LoopPeriod));
        Assert.True(collapse.Exceeds());
    }

    [Fact]
    public void A_loop_of_three_is_found_behind_a_free_beginning()
    {
        int[] pitches = [50, 71, 55, 59, .. Enumerable.Range(0, 18).Select(i => 60 + i % 3)];
        Collapse collapse = Collapse.Of(Of([.. pitches.Select((pitch, i) => N(2 * i, 2, pitch))]));
        Assert.Equal((18, 3), (collapse.LoopNotes, collapse.LoopPeriod));
        Assert.Equal(18 / 22.0, collapse.LoopShare, 12);
        Assert.True(collapse.Exceeds());
    }

    [Fact]
    public void Three_turns_or_a_changing_rhythm_are_no_loop()
    {
        Assert.Equal(0, Collapse.Of(Of([.. Enumerable.Range(0, 9).Select(i => N(2 * i, 2, 60 + i % 3))])).LoopNotes);
        int onset = 0;
        Assert.Equal(0, Collapse.Of(Of([.. Enumerable.Range(1, 20).Select(i => N(onset += i, 1, 60))])).LoopNotes);
    }

    [Fact]
    public void Silence_is_a_share_of_time()
    {
        Collapse collapse = Collapse.Of(Of(N(0, 1, 60), N(99, 1, 67)));
        Assert.Equal(0.98, collapse.SilenceShare, 12);
        Assert.True(collapse.Exceeds());
        Assert.True(Collapse.Of(Empty).Exceeds());
    }

    [Fact]
    public void A_melody_passes() => Assert.False(Collapse.Of(Scale).Exceeds());
}
