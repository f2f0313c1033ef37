using System.Collections.Immutable;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing.Directors;

/// <summary>Lets a model of any tokens go on freely from a primer, or from nothing, until the length is reached.</summary>
internal sealed class OpenDirector(TokenRepresentation representation, TokenReader reader, ComposeOptions options) : Director(reader)
{
    private Extent _extent = null!; // known once the primer was read
    private Tick _from;
    private int _given;

    public override ImmutableArray<int> Opening { get; } = PrimerTokens(representation, options);

    public override bool IsDone => Share >= 1 || Reader.HasEnded;

    public override double Share => _extent.ShareAt(Reader);

    public override Tick From => _from;

    public static ImmutableArray<int> PrimerTokens(TokenRepresentation representation, ComposeOptions options)
    {
        if (options.Primer is not { } primer) return [];
        ImmutableArray<int> tokens = representation.Encode(primer).Tokens;
        return tokens.Any(token => representation.NotesBegun(token) > 0)
            ? tokens
            : throw new ArgumentException("The primer holds no piano note to continue from: choose another file or passage.");
    }

    public override void Begin()
    {
        Score primer = Reader.ToScore();
        (_from, _given, _extent) = (primer.End, primer.NoteCount, new Extent(Reader, primer, options));
    }

    public override ImmutableArray<Note> NewNotes() => Reader.ToScore().NotesInOrder()[_given..];

    public override Score Finish() => _extent.Cut(Reader.ToScore());
}
