using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Etude.Corpora;
using Etude.Music.Representations;
using Etude.Music.Scores;
using Etude.Recipes;

namespace Etude.Training;

/// <summary>A corpus as the tokens that a recipe learns: each piece between two boundaries.</summary>
internal sealed class TokenData
{
    private readonly Recipe _recipe;
    private readonly CorpusPiece[] _training;
    private readonly Transposition _transposition;
    private readonly Scaling _scaling;
    private readonly SheetLessons? _lessons;
    private readonly int[][] _unmoved;

    public TokenData(Recipe recipe, Corpus corpus, TokenRepresentation? representation = null)
    {
        if (recipe.Representation is not TokenOptions options)
        {
            throw new NotSupportedException($"'{recipe.Representation.Scheme}' is not a representation of tokens.");
        }
        _recipe = recipe;
        _transposition = new Transposition(recipe.Training.Transpose, recipe.Training.Transpose, recipe.Training.Seed);
        _training = [.. corpus.In(Split.Training)];
        Representation = representation ?? Fit(options);
        _lessons = Representation is SheetRepresentation sheet ? new SheetLessons(sheet, recipe.Training) : null;
        _scaling = new Scaling(recipe.Training.Scale, recipe.Training.Seed);
        _unmoved = Encode(_training, piece => Tokens(piece.Score));
        Validation = Encode([.. corpus.In(Split.Validation)], piece => Tokens(piece.Score));
        ValidationNotes = corpus.In(Split.Validation).Sum(piece => (long)piece.NoteCount);
    }

    /// <summary>Fitted to the training pieces in every key that they may be moved to.</summary>
    public TokenRepresentation Representation { get; }

    /// <summary>The held-out pieces.</summary>
    public int[][] Validation { get; }

    /// <summary>The notes of the held-out pieces.</summary>
    public long ValidationNotes { get; }

    /// <summary>Targets in one epoch.</summary>
    public long TargetsPerEpoch => _unmoved.Sum(piece => piece.Length - 1L);

    /// <summary>Changes with any token of the training pieces: by it a saved state is known to fit.</summary>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (int[] piece in _unmoved) hash.AppendData(MemoryMarshal.AsBytes<int>(piece));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>The training pieces as an epoch sees them.</summary>
    /// <param name="epoch">Counted from 0.</param>
    public IReadOnlyList<int[]> Training(int epoch) =>
        _recipe.Training is { Transpose: 0, Scale: 0, Headings: 0, Infill: 0 } ? _unmoved : Encode(_training, piece =>
        {
            Score score = Transposition.Apply(piece.Score, _transposition.Semitones(piece, epoch));
            score = _scaling.Apply(score, piece.Name, epoch);
            return _lessons?.Encode(piece, score, epoch) ?? Tokens(score);
        });

    private TokenRepresentation Fit(TokenOptions options)
    {
        TokenRepresentation plain = options.Fit(_training.AsParallel().AsOrdered().SelectMany(Movements));
        if (options.Merges == 0) return plain;
        IEnumerable<ImmutableArray<int>> pieces = _training.AsParallel().AsOrdered()
            .Select(piece => plain.Encode(Transposition.Apply(piece.Score, _transposition.Semitones(piece, 0))).Tokens);
        return MergedRepresentation.Learn(plain, pieces, options.Merges);
    }

    private ImmutableArray<int> Tokens(Score score) => Representation.Encode(score).Tokens;

    private IEnumerable<Score> Movements(CorpusPiece piece)
    {
        int down = Math.Clamp(piece.LowestPitch - Note.LowestPianoPitch, 0, _transposition.Down);
        int up = Math.Clamp(Note.HighestPianoPitch - piece.HighestPitch, 0, _transposition.Up);
        for (int semitones = -down; semitones <= up; semitones++) yield return Transposition.Apply(piece.Score, semitones);
    }

    private int[][] Encode(CorpusPiece[] pieces, Func<CorpusPiece, ImmutableArray<int>> tokens)
    {
        int boundary = Representation.Vocabulary.Count;
        var encoded = new int[pieces.Length][];
        Parallel.For(0, pieces.Length, i => encoded[i] = [boundary, .. tokens(pieces[i]), boundary]);
        return encoded;
    }
}
