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

    /// <inheritdoc/>
    public override TokenClock Clock => new SheetClock(Tokens);

    /// <summary>The meters that a bar can have.</summary>
    public ImmutableArray<Meter> Meters => Tokens.Meters.All;

    internal SheetTokens Tokens { get; }

    /// <inheritdoc/>
    public override TokenReader Read(DecodeOptions? options = null) => new SheetReader(this, _options, options);

    /// <inheritdoc/>
    public override int NotesBegun(int token) => TokenAt(token).IsNote ? 1 : 0;

    /// <inheritdoc/>
    public override byte? PitchOf(int token) => TokenAt(token) is { IsNote: true } note ? (byte)note.Value : null;

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
        (_, List<GridNote> notes, GridBar[] bars) = Read(score, losses);
        var writer = new SheetWriter(_options, Tokens, plan, notes, bars, losses);
        return new TokenEncoding(writer.Write(), losses.ToLosses());
    }

    /// <summary>Where the bars begin that <see cref="Encode(Score)"/> makes of a score.</summary>
    public ImmutableArray<Tick> BarOnsets(Score score)
    {
        ArgumentNullException.ThrowIfNull(score);
        (GridMap map, _, GridBar[] bars) = Read(score, new EncodingLosses.Counter());
        return [.. bars.Select(bar => map.TickAt(bar.Onset))];
    }

    /// <summary>Takes a token apart.</summary>
    /// <param name="id">A token of the vocabulary.</param>
    public SheetToken TokenAt(int id) => Tokens.Parsed[id];

    /// <summary>The token that says something; null where the vocabulary has none.</summary>
    public int? IdOf(SheetToken token) => Tokens.Ids.TryGetValue(token, out int id) ? id : null;

    /// <summary>The level of a density: half octaves of notes a quarter note, of which 1 is level 2 and 4 level 6.</summary>
    public static int DensityOf(double notesPerQuarter) => SheetTokens.DensityOf(notesPerQuarter);

    private (GridMap Map, List<GridNote> Notes, GridBar[] Bars) Read(Score score, EncodingLosses.Counter losses)
    {
        var map = new GridMap(_options.Grid, score);
        List<GridNote> notes =
            GridNotes.Read(score, map, Note.LowestPianoPitch, Note.HighestPianoPitch, losses, hands: true);
        int end = notes.Count == 0 ? 0 : notes.Max(note => note.End);
        return (map, notes, [.. GridBar.Of(score, map, end, Tokens.Meters, _options.LongestSteps, losses)]);
    }
}
