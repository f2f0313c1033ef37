using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations;

/// <summary>
/// One token a step of time: the pitch that sounds, or a rest; 129 tokens. Of several notes the highest is heard. A pitch
/// that is repeated without a step of rest between reads as one held note.
/// </summary>
/// <remarks>
/// The one-hot of the midi-rnn family, which samples 4 steps a second and leaves out tracks that are not monophonic;
/// the highest note at each step is the same for those, and gives the others a melody.
/// </remarks>
public sealed record MonophonicOptions : TokenOptions
{
    internal const string Name = "monophonic";
    private const int Rest = 0;

    /// <summary>The steps. Default "4 per quarter".</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(4);

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores) => new Representation(this);

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary) => Checked(new Representation(this), vocabulary);

    private sealed class Representation(MonophonicOptions options)
        : TokenRepresentation(new Vocabulary(["rest", .. Enumerable.Range(0, 128).Select(pitch => Invariant($"pitch {pitch}"))]))
    {
        public override TokenOptions Options => options;

        public override TokenEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            List<GridNote> notes = GridNotes.Read(score, new GridMap(options.Grid, score), 0, 127, losses);
            int[] tokens = new int[GridNotes.Length(notes)];
            foreach (GridNote note in notes)
            {
                foreach (ref int token in tokens.AsSpan(note.Onset..note.End)) token = Math.Max(token, note.Pitch + 1);
            }
            foreach (GridNote note in notes)
            {
                if (tokens.AsSpan(note.Onset..note.End).ContainsAnyExcept(note.Pitch + 1)) losses.Count(EncodingLoss.BelowTheTop);
                else if (note.Onset > 0 && tokens[note.Onset - 1] == note.Pitch + 1) losses.Count(EncodingLoss.RepeatJoined);
            }
            return new TokenEncoding([.. tokens], losses.ToLosses());
        }

        public override TokenReader Read(DecodeOptions? decodeOptions = null) => new Reader(this, decodeOptions);

        public override int NotesBegun(int token) => token == Rest ? 0 : 1;

        private sealed class Reader(Representation representation, DecodeOptions? options)
            : TokenReader(representation, ((MonophonicOptions)representation.Options).Grid, options)
        {
            private int _sounding = Rest;

            private protected override void Accept(int token)
            {
                int next = Advanced(1);
                if (token != Rest && token == _sounding) Notes[^1] = Notes[^1] with { End = next };
                else if (token != Rest) Strike(token - 1, 1, Settings.Velocity);
                _sounding = token;
                Step = next;
            }

            private protected override void Restrict(Span<bool> allowed)
            {
            }
        }
    }
}
