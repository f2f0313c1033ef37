using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// Tokens are the names of the notes and chords that begin together, one after another, without durations or rests:
/// a note is its name ("E-5"), a chord its pitch classes in normal order ("4.7.0"). Decoded, each takes one step of
/// <see cref="Spacing"/>, chords around the middle octave.
/// </summary>
/// <remarks>A note or chord that the training scores did not contain becomes the nearest one.</remarks>
public sealed record NotesChordsOptions : TokenOptions
{
    internal const string Name = "notes-chords";

    /// <summary>Notes whose onsets fall in one step of this grid are a chord. Default "12 per quarter".</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(12);

    /// <summary>The steps at which decoded notes and chords follow each other. Default "2 per quarter".</summary>
    public TimeGrid Spacing { get; init; } = TimeGrid.PerQuarter(2);

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var groups = scores.SelectMany(score => ChordVocabulary.Groups(Read(score, new EncodingLosses.Counter()))).Select(group => group.Pitches);
        Vocabulary vocabulary = new(ChordVocabulary.Names(groups, ChordSpelling.NormalOrder));
        Require(vocabulary.Count > 0, $"The scores hold no piano note, and '{Name}' takes its tokens from them");
        return new Representation(this, vocabulary);
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new Representation(this, vocabulary);
    }

    private List<GridNote> Read(Score score, EncodingLosses.Counter losses) =>
        GridNotes.Read(score, new GridMap(Grid, score), 0, 127, losses);

    private sealed class Representation(NotesChordsOptions options, Vocabulary vocabulary) : TokenRepresentation(vocabulary)
    {
        private readonly ChordVocabulary _chords = new(vocabulary, 0, ChordSpelling.NormalOrder);

        public override TokenOptions Options => options;

        public override TokenEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            var groups = ChordVocabulary.Groups(options.Read(score, losses));
            return new TokenEncoding([.. groups.Select(group => _chords.IdOf(group.Pitches, losses))], losses.ToLosses());
        }

        public override TokenReader Read(DecodeOptions? decodeOptions = null) => new Reader(this, decodeOptions);

        public override int NotesBegun(int token) => Chords.Count(_chords[token]);

        private sealed class Reader(Representation representation, DecodeOptions? options)
            : TokenReader(representation, ((NotesChordsOptions)representation.Options).Spacing, options)
        {
            private protected override void Accept(int token)
            {
                foreach (int pitch in Chords.Pitches(representation._chords[token]))
                {
                    Strike(pitch, 1, Settings.Velocity);
                }
                Step = Advanced(1);
            }

            private protected override void Restrict(Span<bool> allowed)
            {
            }
        }
    }
}
