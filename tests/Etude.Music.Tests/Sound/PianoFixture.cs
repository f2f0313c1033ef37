using Etude.Music.Scores;
using Etude.Music.Sound;

namespace Etude.Music.Tests.Sound;

/// <summary>A piano built once for all tests: fewer keys than the default, the same making.</summary>
public sealed class PianoFixture
{
    public static PianoOptions Options { get; } = new() { KeyStep = 12 };

    public byte[] Bytes { get; } = PianoSoundFont.Build(Options);

    public SoundFont Font => field ??= SoundFont.Read(Bytes);

    /// <summary>One key held for some seconds, dry, at the level it was synthesized.</summary>
    public StereoAudio Strike(int key, int velocity, double seconds) => Renderer.Render(
        Score.Piano([new Note(Tick.Zero, new((int)(seconds * 960)), (byte)key, (byte)velocity)]), Font, Dry);

    public static RenderOptions Dry { get; } = new() { Reverb = 0, PeakDecibels = null };
}
