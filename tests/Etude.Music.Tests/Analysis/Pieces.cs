using Etude.Music.Scores;

namespace Etude.Music.Tests.Analysis;

/// <summary>Small scores written by hand, 4 ticks a quarter unless said otherwise.</summary>
internal static class Pieces
{
    public static Note N(int onset, int duration, int pitch) => new(new Tick(onset), new Tick(duration), (byte)pitch, 80);

    public static Score Of(params Note[] notes) => Score.Piano(notes, ticksPerQuarter: 4);

    public static Score Empty { get; } = Score.Piano([], ticksPerQuarter: 4);

    /// <summary>C major up and down in quarters, two bars of 4/4: C D E F, G F E D.</summary>
    public static Score Scale { get; } = Of(
        N(0, 4, 60), N(4, 4, 62), N(8, 4, 64), N(12, 4, 65), N(16, 4, 67), N(20, 4, 65), N(24, 4, 64), N(28, 4, 62));
}
