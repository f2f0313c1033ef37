using Etude.Corpora.Preparing;
using Etude.Music.Scores;

namespace Etude.Corpora;

/// <summary>Moves pieces to other keys: the augmentation of a corpus.</summary>
/// <param name="Down">The most semitones down, 0 or more.</param>
/// <param name="Up">The most semitones up, 0 or more.</param>
/// <param name="Seed">Chooses the keys.</param>
public sealed record Transposition(int Down, int Up, ulong Seed = 0)
{
    /// <summary>
    /// How many semitones a piece is moved in an epoch: drawn evenly from <c>-Down..Up</c>, as far as its pitches stay within
    /// the piano's. The same piece, epoch and seed always give the same.
    /// </summary>
    public int Semitones(CorpusPiece piece, int epoch)
    {
        ArgumentNullException.ThrowIfNull(piece);
        int down = Math.Clamp(piece.LowestPitch - Note.LowestPianoPitch, 0, Down);
        int up = Math.Clamp(Note.HighestPianoPitch - piece.HighestPitch, 0, Up);
        ulong chance = StableHash.Of(piece.Name, Seed ^ StableHash.Mix((ulong)epoch));
        return (int)(chance % (ulong)(down + up + 1)) - down;
    }

    /// <summary>The score moved by so many semitones, with its key signatures.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A pitch would leave 0 to 127.</exception>
    public static Score Apply(Score score, int semitones)
    {
        ArgumentNullException.ThrowIfNull(score);
        return score.Transpose(semitones);
    }
}
