using System.Collections.Immutable;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// Turns scores into token ids and back. Made by <see cref="TokenOptions.Fit"/> from the scores of the training pieces,
/// or by <see cref="TokenOptions.Open"/> from a saved vocabulary. Immutable; safe to share between threads.
/// </summary>
/// <remarks>
/// For every scheme: decoding the encoding of a score gives what the scheme keeps of it (its losses are counted), any
/// sequence of ids decodes to a valid score, and encoding that score gives ids that decode to it again unless
/// <see cref="EncodingLoss.NotInVocabulary"/> was counted.
/// </remarks>
public abstract class TokenRepresentation
{
    private protected TokenRepresentation(Vocabulary vocabulary) => Vocabulary = vocabulary;

    /// <summary>The name of the scheme, such as "note-duration".</summary>
    public string Scheme => Options.Scheme;

    /// <summary>What it was made with; with the vocabulary, all that must be saved.</summary>
    public abstract TokenOptions Options { get; }

    /// <summary>Its tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The token that stands before a piece, where the scheme has one: what a model reads to predict the first.</summary>
    public virtual int? StartToken => null;

    /// <summary>The token that stands after a piece, where the scheme has one.</summary>
    public virtual int? EndToken => null;

    /// <summary>Tells when the music is at each token; null where a scheme's tokens do not say their bars.</summary>
    public virtual TokenClock? Clock => null;

    /// <summary>Turns the piano parts of a score into tokens. Linear in the number of notes but for sorting.</summary>
    public abstract TokenEncoding Encode(Score score);

    /// <summary>Begins to read tokens one at a time, as they are generated.</summary>
    /// <param name="options">What the tokens do not say; <see cref="DecodeOptions.Default"/> if null.</param>
    public abstract TokenReader Read(DecodeOptions? options = null);

    /// <summary>Turns any sequence of tokens into a score. What makes no sense where it stands is passed over.</summary>
    /// <param name="tokens">Ids of the vocabulary.</param>
    /// <param name="options">What the tokens do not say; <see cref="DecodeOptions.Default"/> if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public Score Decode(ReadOnlySpan<int> tokens, DecodeOptions? options = null)
    {
        TokenReader reader = Read(options);
        foreach (int token in tokens) reader.Add(token);
        return reader.ToScore();
    }

    /// <summary>
    /// How many notes a token begins where it makes sense (in a scheme that repeats a held pitch each step, at most).
    /// A note said by several tokens begins with its pitch, and is there once all of them are read.
    /// </summary>
    public abstract int NotesBegun(int token);

    /// <summary>Whether a token begins a note or says that one is held on, where it makes sense.</summary>
    public virtual bool Sounds(int token) => NotesBegun(token) > 0;

    /// <summary>The pitch of the one note that a token begins; null where it begins none, several, or one that later tokens tell more of.</summary>
    public virtual byte? PitchOf(int token) => null;

    /// <summary>The texts of tokens, for people.</summary>
    public ImmutableArray<string> Describe(ReadOnlySpan<int> tokens)
    {
        var texts = ImmutableArray.CreateBuilder<string>(tokens.Length);
        foreach (int token in tokens) texts.Add(Vocabulary[token]);
        return texts.MoveToImmutable();
    }
}
