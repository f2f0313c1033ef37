using Etude.Music.Representations.Grids;
using Etude.Music.Scores;
using static System.FormattableString;

namespace Etude.Music.Representations;

/// <summary>
/// Events in clock time: a key goes down, a key comes up, time passes (by default 10 ms to 1 s), the velocity changes
/// for the notes that follow. Oore, Simon, Dieleman, Eck, Simonyan: This Time with Feeling (2018).
/// </summary>
/// <remarks>
/// In one step keys first come up, then go down, from low to high. The vocabulary is fixed: 388 tokens by default. Clock
/// time follows the score's tempo map; a decoded score lies in the tempo of its <see cref="DecodeOptions"/>.
/// </remarks>
public sealed record PerformanceOptions : TokenOptions
{
    internal const string Name = "performance";
    private const int Pitches = 128, FirstOff = Pitches, FirstShift = 2 * Pitches;

    /// <summary>The steps of time. Default "100 per second".</summary>
    public TimeGrid Grid { get; init; } = TimeGrid.PerSecond(100);

    /// <summary>The longest single shift of time in steps, 1 to 1000. Default 100; longer waits take several.</summary>
    public int LongestShift { get; init; } = 100;

    /// <summary>The loudnesses that are told apart, 1 to 64. Default 32.</summary>
    public int VelocityBins { get; init; } = 32;

    /// <summary>Whether notes last as long as the sustain pedal holds them. Default true, as in the paper.</summary>
    public bool Pedalled { get; init; } = true;

    /// <inheritdoc/>
    public override TokenRepresentation Fit(IEnumerable<Score> scores)
    {
        Require(LongestShift is >= 1 and <= 1000, $"longestShift {LongestShift}: 1 to 1000");
        Require(VelocityBins is >= 1 and <= 64, $"velocityBins {VelocityBins}: 1 to 64");
        return new Representation(this);
    }

    /// <inheritdoc/>
    public override TokenRepresentation Open(Vocabulary vocabulary) => Checked(Fit([]), vocabulary);

    private IEnumerable<string> Texts() =>
    [
        .. Enumerable.Range(0, Pitches).Select(pitch => Invariant($"on {pitch}")),
        .. Enumerable.Range(0, Pitches).Select(pitch => Invariant($"off {pitch}")),
        .. Enumerable.Range(1, LongestShift).Select(steps => Invariant($"shift {steps}")),
        .. Enumerable.Range(0, VelocityBins).Select(bin => Invariant($"velocity {bin}")),
    ];

    private sealed class Representation(PerformanceOptions options) : TokenRepresentation(new Vocabulary(options.Texts()))
    {
        private int FirstVelocity => FirstShift + options.LongestShift;

        public override TokenOptions Options => options;

        public override TokenEncoding Encode(Score score)
        {
            ArgumentNullException.ThrowIfNull(score);
            var losses = new EncodingLosses.Counter();
            if (options.Pedalled) score = score.WithPedalApplied();
            List<GridNote> notes = GridNotes.Read(score, new GridMap(options.Grid, score), 0, 127, losses);
            var ends = new PriorityQueue<int, (int Step, int Pitch)>();
            var tokens = new List<int>(notes.Count * 4);
            int step = 0, velocity = -1;
            foreach (GridNote note in notes)
            {
                EndNotes(note.Onset);
                Shift(note.Onset);
                int bin = VelocityBin.Of(note.Velocity, options.VelocityBins);
                if (bin != velocity) tokens.Add(FirstVelocity + bin);
                velocity = bin;
                tokens.Add(note.Pitch);
                ends.Enqueue(note.Pitch, (note.End, note.Pitch));
            }
            EndNotes(int.MaxValue);
            return new TokenEncoding([.. tokens], losses.ToLosses());

            void EndNotes(int until)
            {
                while (ends.TryPeek(out int pitch, out var end) && end.Step <= until)
                {
                    Shift(end.Step);
                    tokens.Add(FirstOff + pitch);
                    ends.Dequeue();
                }
            }

            void Shift(int until)
            {
                while (step < until)
                {
                    int steps = Math.Min(until - step, options.LongestShift);
                    tokens.Add(FirstShift + steps - 1);
                    step += steps;
                }
            }
        }

        public override TokenReader Read(DecodeOptions? decodeOptions = null) => new Reader(this, options, decodeOptions);

        public override int NotesBegun(int token) => token < Pitches ? 1 : 0;

        private sealed class Reader(Representation representation, PerformanceOptions performance, DecodeOptions? options)
            : TokenReader(representation, performance.Grid, options)
        {
            private readonly int[] _down = new int[Pitches]; // where the note that sounds is in Notes, plus one
            private int _velocity = -1; // the bin that was named last
            private bool _velocityJustNamed;
            private int _lastPitch = -1; // that went down in this step

            public override bool IsSilent => _down.AsSpan().IndexOfAnyExcept(0) < 0;

            private protected override void Accept(int token)
            {
                _velocityJustNamed = token >= representation.FirstVelocity;
                if (token < Pitches) Down(token);
                else if (token < FirstShift) _down[token - FirstOff] = 0;
                else if (_velocityJustNamed) _velocity = token - representation.FirstVelocity;
                else Shift(token - FirstShift + 1);
            }

            private protected override void Restrict(Span<bool> allowed)
            {
                for (int pitch = 0; pitch < Pitches; pitch++)
                {
                    allowed[pitch] = _down[pitch] == 0 && pitch > _lastPitch && _velocity >= 0;
                    allowed[FirstOff + pitch] = _down[pitch] != 0 && _lastPitch < 0 && !_velocityJustNamed;
                }
                // Two velocities in a row, the same again, or one after the last key of a step, are never written.
                bool canStrike = !_velocityJustNamed && CanStrike();
                for (int bin = 0; bin < performance.VelocityBins; bin++)
                {
                    allowed[representation.FirstVelocity + bin] = canStrike && bin != _velocity;
                }
                allowed[FirstShift..representation.FirstVelocity].Fill(!_velocityJustNamed);
            }

            private bool CanStrike() => _down.AsSpan(_lastPitch + 1).Contains(0);

            private void Down(int pitch)
            {
                int bin = _velocity < 0 ? VelocityBin.Of(Settings.Velocity, performance.VelocityBins) : _velocity;
                Strike(pitch, 1, VelocityBin.Middle(bin, performance.VelocityBins));
                _down[pitch] = Notes.Count;
                _lastPitch = pitch;
            }

            private void Shift(int steps)
            {
                Step = Advanced(steps);
                foreach (int down in _down)
                {
                    if (down > 0) Notes[down - 1] = Notes[down - 1] with { End = Math.Max(Step, Notes[down - 1].Onset + 1) };
                }
                _lastPitch = -1;
            }
        }
    }
}
