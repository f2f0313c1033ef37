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

    /// <summary>Each column's share of the steps of the training pieces, kept off 0 and 1 so that its logarithm stays finite.</summary>
    public double[] Shares()
    {
        var counts = new double[_representation.Width];
        double steps = 0;
        foreach (Roll roll in _unmoved)
        {
            steps += roll.Steps;
            for (int step = 0; step < roll.Steps; step++)
            {
                for (int column = 0; column < counts.Length; column++) counts[column] += roll[step, column] ? 1 : 0;
            }
        }
        return [.. counts.Select(count => (count + 0.5) / (steps + 1))];
    }

    /// <summary>The same shares after a step in which the column was set, and after one in which it was not.</summary>
    public (double[] AfterSet, double[] AfterEmpty) SharesAfter()
    {
        int width = _representation.Width;
        double[] stays = new double[width], set = new double[width], begins = new double[width];
        double steps = 0;
        foreach (Roll roll in _unmoved)
        {
            for (int step = 1; step < roll.Steps; step++)
            {
                steps++;
                for (int column = 0; column < width; column++)
                {
                    bool last = roll[step - 1, column], now = roll[step, column];
                    if (last) set[column]++;
                    if (now) (last ? stays : begins)[column]++;
                }
            }
        }
        return ([.. stays.Zip(set, (kept, all) => (kept + 0.5) / (all + 1))], [.. begins.Zip(set, (struck, all) => (struck + 0.5) / (steps - all + 1))]);
    }

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
