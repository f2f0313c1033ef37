using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// One token a step of time: the note or chord that begins there (named as in <see cref="NotesChordsOptions"/>), "hold"
/// where nothing begins and the last chord sounds on, "rest" where nothing sounds.
/// </summary>
/// <remarks>
/// A chord sounds until the next one begins or the last of its own notes ends, so inner voices that outlast it are cut.
/// This is the integer per note or chord of the music21-based systems, laid on a grid: what the seven-architectures
/// report describes, with the hold that a grid needs to tell a held chord from a repeated one.
/// </remarks>
public sealed record GridChordsOptions : TokenOptions
{
    internal const string Name = "grid-chords";
    private const int Rest = 0, Hold = 1, FirstChord = 2;

    /// <summary>The steps. Default "10 per second".</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerSecond(10);

    /// <summary>How chords are named. Default normal order, which keeps the vocabulary small and loses octaves.</summary>
    public ChordSpelling Spelling { get; init; } = ChordSpelling.NormalOrder;

    /// <summary>How many notes and chords have a token, the most frequent of the training scores. Default 20,000.</summary>
    public int MostChords { get; init; } = 20_000;

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Require(MostChords >= 1, $"mostChords {MostChords}: at least 1");
        var groups = scores.SelectMany(score => ChordVocabulary.Groups(Read(score, new EncodingLosses.Counter()))).Select(group => group.Pitches);
        Vocabulary vocabulary = new(["rest", "hold", .. ChordVocabulary.Names(groups, Spelling, MostChords)]);
        Require(vocabulary.Count > FirstChord, $"The scores hold no piano note, and '{Name}' takes its tokens from them");
        return new Representation(this, vocabulary);
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count > FirstChord && vocabulary[Rest] == "rest" && vocabulary[Hold] == "hold") return new Representation(this, vocabulary);
        throw new FormatException($"The vocabulary does not begin with 'rest' and 'hold': it is not one of '{Name}'.");
    }

    private List<GridNote> Read(Score score, EncodingLosses.Counter losses) =>
        GridNotes.Read(score, new GridMap(Grid, score), 0, 127, losses);

    private sealed class Representation(GridChordsOptions options, Vocabulary vocabulary) : TokenRepresentation(vocabulary)
    {
        private readonly ChordVocabulary _chords = new(vocabulary, FirstChord, options.Spelling);

        public override TokenOptions Options => options;

        public override TokenEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            List<GridNote> notes = options.Read(score, losses);
            var tokens = new List<int>(GridNotes.Length(notes));
            int end = 0; // of the chord that sounds
            foreach (var (step, range, pitches) in ChordVocabulary.Groups(notes))
            {
                Wait(step);
                tokens.Add(_chords.IdOf(pitches, losses));
                var (first, count) = range.GetOffsetAndLength(notes.Count);
                var chord = notes[first..(first + count)];
                int next = first + count < notes.Count ? notes[first + count].Onset : int.MaxValue;
                end = Math.Min(next, chord.Max(note => note.End));
                losses.Count(EncodingLoss.EndMoved, chord.Count(note => note.End != end));
            }
            Wait(end);
            return new TokenEncoding([.. tokens], losses.ToLosses());

            void Wait(int step)
            {
                while (tokens.Count < step) tokens.Add(tokens.Count < end ? Hold : Rest);
            }
        }

        public override TokenReader Read(DecodeOptions? decodeOptions = null) => new Reader(this, decodeOptions);

        public override int NotesBegun(int token) => Chords.Count(_chords[token]);

        public override bool Sounds(int token) => token != Rest;

        private sealed class Reader(Representation representation, DecodeOptions? options)
            : TokenReader(representation, ((GridChordsOptions)representation.Options).Grid, options)
        {
            private int _sounding; // how many of the last notes sound on

            private protected override void Accept(int token)
            {
                int next = Advanced(1);
                if (token == Rest)
                {
                    _sounding = 0;
                }
                else if (token == Hold)
                {
                    for (int i = Notes.Count - _sounding; i < Notes.Count; i++) Notes[i] = Notes[i] with { End = next };
                }
                else
                {
                    UInt128 pitches = representation._chords[token];
                    foreach (int pitch in Chords.Pitches(pitches)) Strike(pitch, 1, Settings.Velocity);
                    _sounding = Chords.Count(pitches);
                }
                Step = next;
            }

            private protected override void Restrict(Span<bool> allowed) => allowed[Hold] = _sounding > 0;
        }
    }
}
