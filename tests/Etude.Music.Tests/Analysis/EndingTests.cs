using Etude.Music.Analysis;
using Etude.Music.Scores;
using static Etude.Music.Tests.Analysis.Pieces;

namespace Etude.Music.Tests.Analysis;

public sealed class EndingTests
{
    // G major and C major, half a bar of 4/4 each, then the last bar.
    private static Score Ending(params Note[] last) => Of([N(0, 8, 43), N(0, 8, 59), N(0, 8, 62), N(8, 8, 48), N(8, 8, 60), N(8, 8, 64), .. last]);

    [Fact]
    public void A_tonic_chord_may_be_broken_and_come_late()
    {
        Assert.True(IsOnC(N(16, 16, 48), N(16, 16, 64), N(16, 16, 67)));
        Assert.True(IsOnC(N(16, 4, 48), N(20, 4, 55), N(24, 8, 60)));
        Assert.True(IsOnC(N(16, 4, 43), N(16, 4, 65), N(20, 12, 48), N(20, 12, 64)));
    }

    [Fact]
    public void Another_chord_another_bass_and_what_still_sounds_are_no_end()
    {
        Assert.False(IsOnC(N(16, 16, 43), N(16, 16, 59), N(16, 16, 62)));
        Assert.False(IsOnC(N(16, 16, 52), N(16, 16, 60)));
        Assert.False(IsOnC(N(16, 16, 48), N(16, 16, 65)));
        Assert.False(Music.Analysis.Ending.IsOnTonic(Empty));
    }

    [Fact]
    public void Minor_may_end_in_major()
    {
        Note[] notes = [N(0, 4, 48), N(0, 4, 64)];
        Assert.True(Music.Analysis.Ending.IsOnTonic(Of(notes), new Key(0, true)));
        Assert.True(Music.Analysis.Ending.IsOnTonic(Of([N(0, 4, 48), N(0, 4, 63)]), new Key(0, true)));
        Assert.False(Music.Analysis.Ending.IsOnTonic(Of([N(0, 4, 48), N(0, 4, 63)]), new Key(0, false)));
    }

    private static bool IsOnC(params Note[] last) => Music.Analysis.Ending.IsOnTonic(Ending(last), new Key(0, false));
}
