using System.Collections.Immutable;
using Etude.Music.Representations.Bars;
using Etude.Music.Representations.Grids;
using Etude.Music.Representations.Sheets;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>The steerable scheme: <see cref="SheetOptions"/> says what its tokens are.</summary>
public sealed class SheetRepresentation : TokenRepresentation
{
    private readonly SheetOptions _options;

    internal SheetRepresentation(SheetOptions options, ImmutableArray<string> texts) : base(new Vocabulary(texts)) =>
        (_options, Tokens) = (options, new SheetTokens(options, texts));

    /// <inheritdoc/>
    public override TokenOptions Options => _options;

    /// <inheritdoc/>
    public override int? EndToken => SheetTokens.End;

    internal SheetTokens Tokens { get; }

    /// <inheritdoc/>
    public override TokenReader Read(DecodeOptions? options = null) => new SheetReader(this, _options, options);

    /// <inheritdoc/>
    public override int NotesBegun(int token) =>
        token >= Tokens.Pitches.Start.Value && token < Tokens.Pitches.End.Value ? 1 : 0;

    /// <summary>Turns a whole piece into tokens, without headings and gaps.</summary>
    public override TokenEncoding Encode(Score score) => Encode(score, SheetPlan.Plain);

    /// <summary>Turns the piano parts of a score into tokens.</summary>
    /// <param name="score">The score.</param>
    /// <param name="plan">What is said beside its notes, and what is said late.</param>
    /// <exception cref="ArgumentException">The style is none of the representation's.</exception>
    public TokenEncoding Encode(Score score, SheetPlan plan)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(plan);
        var losses = new EncodingLosses.Counter();
        var map = new GridMap(_options.Grid, score);
        List<GridNote> notes =
            GridNotes.Read(score, map, Note.LowestPianoPitch, Note.HighestPianoPitch, losses, hands: true);
        int end = notes.Count == 0 ? 0 : notes.Max(note => note.End);
        GridBar[] bars = [.. GridBar.Of(score, map, end, Tokens.Meters, _options.LongestSteps, losses)];
        var writer = new SheetWriter(_options, Tokens, plan, notes, bars, losses);
        return new TokenEncoding(writer.Write(), losses.ToLosses());
    }

    /// <summary>The number of bars that <see cref="Encode(Score)"/> makes of a score.</summary>
    public int CountBars(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var unused = new EncodingLosses.Counter();
        var map = new GridMap(_options.Grid, score);
        List<GridNote> notes = GridNotes.Read(score, map, Note.LowestPianoPitch, Note.HighestPianoPitch, unused, hands: true);
        int end = notes.Count == 0 ? 0 : notes.Max(note => note.End);
        return GridBar.Of(score, map, end, Tokens.Meters, _options.LongestSteps, unused).Count();
    }
}
