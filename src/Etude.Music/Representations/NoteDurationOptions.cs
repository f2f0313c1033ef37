using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations;

/// <summary>
/// Tokens are (pitch, duration) pairs, and waits until the next onset, so that chords and rests are kept: the notes that
/// begin together stand from low to high, then a wait (or several) leads to the next. The vocabulary holds the pairs and
/// waits that the training scores contain, and waits of 1, 2, 4, 8 ... steps so that any silence can be said; one longer
/// than the longest is said by several.
/// </summary>
/// <remarks>
/// Durations "as found" are the grid of 480 per quarter. A pair that training did not contain becomes the nearest
/// duration of its pitch, or of the nearest pitch that has any.
/// </remarks>
public sealed record NoteDurationOptions : TokenOptions
{
    internal const string Name = "note-duration";

    /// <summary>Steps of a quarter note. Default 12, which keeps sixteenths and the triplets of eighths and sixteenths.</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerQuarter(12);

    /// <summary>The longest note and the longest single wait, in quarter notes, 1 to 64. Default 4; longer silences take several waits.</summary>
    public int LongestQuarters { get; init; } = 4;

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int longest = Longest();
        SortedSet<int> waits = [longest];
        SortedSet<(int Pitch, int Duration)> pairs = [];
        for (int wait = 1; wait <= longest; wait *= 2) waits.Add(wait);
        foreach (Score score in scores)
        {
            int step = 0;
            foreach (GridNote note in GridNotes.Read(score, new GridMap(Grid, score), 0, 127, new EncodingLosses.Counter()))
            {
                pairs.Add((note.Pitch, Math.Min(longest, note.End - note.Onset)));
                if ((note.Onset - step) % longest is > 0 and int wait) waits.Add(wait);
                step = note.Onset;
            }
        }
        if (pairs.Count == 0) throw new ArgumentException($"The scores hold no piano note, and '{Name}' takes its tokens from them.", nameof(scores));
        return new Representation(this, new Vocabulary(
            [.. waits.Select(wait => Invariant($"wait {wait}")), .. pairs.Select(pair => Invariant($"note {pair.Pitch} {pair.Duration}"))]));
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new Representation(this, vocabulary);
    }

    private int Longest()
    {
        Require(Grid.Unit == GridUnit.Quarter, $"grid '{Grid}': '{Name}' counts in quarters, such as \"12 per quarter\"");
        Require(LongestQuarters is >= 1 and <= 64, $"longestQuarters {LongestQuarters}: 1 to 64");
        return LongestQuarters * Grid.Steps;
    }

    private sealed class Representation : TokenRepresentation
    {
        private readonly NoteDurationOptions _options;
        private readonly (int Pitch, int Duration)[] _meaning; // of each token; a wait has pitch -1
        private readonly Dictionary<(int Pitch, int Duration), int> _ids = [];
        private readonly (int Duration, int Id)[][] _ofPitch; // by pitch: its tokens by duration
        private readonly (int Duration, int Id)[] _waits; // longest first

        public Representation(NoteDurationOptions options, Vocabulary vocabulary)
            : base(vocabulary)
        {
            _options = options;
            _meaning = [.. vocabulary.Texts.Select(Parse)];
            for (int id = 0; id < _meaning.Length; id++) _ids.TryAdd(_meaning[id], id);
            var byPitch = _ids.ToLookup(pair => pair.Key.Pitch, pair => (pair.Key.Duration, pair.Value));
            _ofPitch = [.. Enumerable.Range(0, 128).Select(pitch => byPitch[pitch].Order().ToArray())];
            _waits = [.. byPitch[-1].OrderDescending()];
            if (_waits.Length == 0 || _waits[^1].Duration != 1 || _ofPitch.All(tokens => tokens.Length == 0))
            {
                throw new FormatException($"The vocabulary holds no note or no 'wait 1': it is not one of '{Name}'.");
            }
        }

        public override TokenOptions Options => _options;

        public override TokenEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            var tokens = new List<int>();
            int longest = _options.Longest();
            int step = 0;
            foreach (GridNote note in GridNotes.Read(score, new GridMap(_options.Grid, score), 0, 127, losses))
            {
                while (step < note.Onset)
                {
                    var (duration, id) = Array.Find(_waits, wait => wait.Duration <= note.Onset - step);
                    step += duration;
                    tokens.Add(id);
                }
                int length = note.End - note.Onset;
                if (length > longest) losses.Count(EncodingLoss.TooLong);
                tokens.Add(IdOf(note.Pitch, Math.Min(length, longest), losses));
            }
            return new TokenEncoding([.. tokens], losses.ToLosses());
        }

        public override TokenReader Read(DecodeOptions? options = null) => new Reader(this, options);

        public override int NotesBegun(int token) => _meaning[token].Pitch < 0 ? 0 : 1;

        private int IdOf(int pitch, int duration, EncodingLosses.Counter losses)
        {
            if (_ids.TryGetValue((pitch, duration), out int id)) return id;
            losses.Count(EncodingLoss.NotInVocabulary);
            var tokens = _ofPitch.Index().Where(known => known.Item.Length > 0).MinBy(known => Math.Abs(known.Index - pitch)).Item;
            return tokens.MinBy(token => Math.Abs(token.Duration - duration)).Id;
        }

        private static (int Pitch, int Duration) Parse(string text)
        {
            string[] words = text.Split(' ');
            if (words is ["wait", var wait] && TryCount(wait, out int steps) && steps > 0) return (-1, steps);
            if (words is ["note", var pitch, var length] && TryCount(pitch, out int key) && key < 128
                && TryCount(length, out int duration) && duration > 0)
            {
                return (key, duration);
            }
            throw new FormatException($"The vocabulary's token '{text}' is not one of '{Name}': it should read 'wait 12' or 'note 60 12'.");
        }

        private sealed class Reader(Representation representation, DecodeOptions? options)
            : TokenReader(representation, representation._options.Grid, options)
        {
            private int _lastPitch = -1; // of the notes that begin at this step

            private protected override void Accept(int token)
            {
                var (pitch, duration) = representation._meaning[token];
                if (pitch < 0) Step = Advanced(duration);
                else Strike(pitch, duration, Settings.Velocity);
                _lastPitch = pitch;
            }

            private protected override void Restrict(Span<bool> allowed)
            {
                for (int token = 0; token < allowed.Length; token++)
                {
                    int pitch = representation._meaning[token].Pitch;
                    allowed[token] = pitch < 0 || (pitch > _lastPitch && !IsDown(pitch));
                }
            }
        }
    }
}
