using System.Collections.Immutable;

namespace Etude.Evaluation.Benchmark;

/// <summary>A piece of the polyphonic benchmark: which of the piano's 88 keys sound in each of its frames.</summary>
/// <param name="Frames">One bit a key, the lowest (A0, MIDI 21) first.</param>
public sealed record FramePiece(ImmutableArray<UInt128> Frames)
{
    /// <summary>Keys in a frame: 88.</summary>
    public const int Keys = 88;

    /// <summary>The MIDI pitch of key 0: 21.</summary>
    public const int LowestPitch = 21;

    /// <summary>The frames the benchmark predicts: all but the first.</summary>
    public int PredictedFrames => Math.Max(0, Frames.Length - 1);
}
