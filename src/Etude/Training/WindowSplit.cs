using Etude.Corpora.Preparing;

namespace Etude.Training;

/// <summary>
/// The split that leaks (<see cref="Corpora.SplitOptions.Windows"/>): one in ten of the places of the training pieces is
/// measured, and the music before and after it is learned from.
/// </summary>
internal static class WindowSplit
{
    private const ulong OneIn = 10;

    /// <summary>Whether a place of a piece is held out; the same in each epoch.</summary>
    /// <param name="piece">The piece's place in the list of training pieces.</param>
    /// <param name="step">Of tokens the target's place in the piece, of a roll the window's first step.</param>
    public static bool IsHeldOut(int piece, int step) => StableHash.Mix(((ulong)piece << 32) ^ (uint)step) % OneIn == 0;
}
