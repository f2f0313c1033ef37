using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// A representation whose commonest pairs of tokens are tokens of their own, and pairs of those again: fewer tokens a note, of
/// which each is harder to foresee. All else is as the representation beneath has it.
/// </summary>
/// <remarks>
/// A reader reads a merged token as the tokens that it stands for, and allows it where the first of them is allowed; what makes no sense of
/// the rest is passed over, so that any sequence still decodes to a valid score.
/// </remarks>
public sealed class MergedRepresentation : TokenRepresentation
{
    private readonly TokenRepresentation _plain;
    private readonly PairMerges _merges;

    private MergedRepresentation(TokenRepresentation plain, PairMerges merges) : base(Merged(plain.Vocabulary, merges)) =>
        (_plain, _merges) = (plain, merges);

    /// <inheritdoc/>
    public override TokenOptions Options => _plain.Options;

    /// <inheritdoc/>
    public override int? StartToken => _plain.StartToken;

    /// <inheritdoc/>
    public override int? EndToken => _plain.EndToken;

    /// <summary>Learns the pairs from encoded pieces.</summary>
    /// <param name="plain">What encoded them.</param>
    /// <param name="pieces">Tokens of each piece.</param>
    /// <param name="count">How many pairs to merge, one after another; fewer where no pair comes twice.</param>
    public static MergedRepresentation Learn(TokenRepresentation plain, IEnumerable<ImmutableArray<int>> pieces, int count) =>
        new(plain, PairMerges.Learn(plain.Vocabulary.Count, [.. pieces.Select(tokens => tokens.ToArray())], count));

    /// <summary>Makes a representation with a saved vocabulary, merged where the vocabulary is.</summary>
    /// <param name="options">The settings it was saved with.</param>
    /// <param name="vocabulary">What was saved.</param>
    /// <exception cref="FormatException">The vocabulary is of another scheme or other settings.</exception>
    public static TokenRepresentation Open(TokenOptions options, Vocabulary vocabulary)
    {
        if (vocabulary.Merges.IsEmpty) return options.Open(vocabulary);
        TokenRepresentation plain = options.Open(new Vocabulary(vocabulary.Texts[..^vocabulary.Merges.Length]));
        return new MergedRepresentation(plain, new PairMerges(plain.Vocabulary.Count, vocabulary.Merges));
    }

    /// <inheritdoc/>
    public override TokenEncoding Encode(Score score)
    {
        TokenEncoding encoding = _plain.Encode(score);
        return encoding with { Tokens = _merges.Apply(encoding.Tokens) };
    }

    /// <inheritdoc/>
    public override TokenReader Read(DecodeOptions? options = null)
    {
        TokenReader reader = _plain.Read(options);
        reader.Read(_merges);
        return reader;
    }

    /// <inheritdoc/>
    public override int NotesBegun(int token) => _merges.PartsOf(token).Sum(_plain.NotesBegun);

    /// <inheritdoc/>
    public override bool Sounds(int token) => _merges.PartsOf(token).Any(_plain.Sounds);

    /// <inheritdoc/>
    public override byte? PitchOf(int token) => token < _plain.Vocabulary.Count ? _plain.PitchOf(token) : null;

    private static Vocabulary Merged(Vocabulary plain, PairMerges merges)
    {
        List<string> texts = [.. plain.Texts];
        foreach (TokenPair pair in merges.Pairs) texts.Add($"({texts[pair.First]}) ({texts[pair.Second]})");
        return new Vocabulary(texts, merges.Pairs);
    }
}
