using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Etude.Corpora;
using Etude.Music.Representations;
using Etude.Music.Representations.Grids;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>A corpus as the piano rolls that a recipe learns.</summary>
internal sealed class RollData
{
    private readonly CorpusPiece[] _training;
    private readonly Transposition _transposition;
    private readonly RollRepresentation _representation;
    private readonly Roll[] _unmoved;

    public RollData(Recipe recipe, Corpus corpus, RollRepresentation representation)
    {
        _representation = representation;
        _transposition = new Transposition(recipe.Training.Transpose, recipe.Training.Transpose, recipe.Training.Seed);
        _training = [.. corpus.In(Split.Training)];
        _unmoved = Encode(_training, _ => 0);
        Validation = Encode([.. corpus.In(Split.Validation)], _ => 0);
    }

    /// <summary>The held-out pieces.</summary>
    public Roll[] Validation { get; }

    /// <summary>Changes with any cell of the training pieces.</summary>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (Roll roll in _unmoved) hash.AppendData(MemoryMarshal.AsBytes<float>(Cells(roll)));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>The training pieces as an epoch, counted from 0, sees them.</summary>
    public Roll[] Training(int epoch) =>
        _transposition is { Down: 0, Up: 0 } ? _unmoved : Encode(_training, piece => _transposition.Semitones(piece, epoch));

    /// <summary>All cells of a roll, [steps, width].</summary>
    public static float[] Cells(Roll roll)
    {
        var cells = new float[roll.Steps * roll.Width];
        roll.CopyTo(0, cells);
        return cells;
    }

    private Roll[] Encode(CorpusPiece[] pieces, Func<CorpusPiece, int> semitones) =>
        [.. pieces.AsParallel().AsOrdered().Select(piece => _representation.Encode(Transposition.Apply(piece.Score, semitones(piece))).Roll)];
}
