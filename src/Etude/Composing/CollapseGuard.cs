using Etude.Music.Analysis;
using Etude.Music.Representations;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>
/// Keeps a sampler from falling into a loop, onto one note or into silence: before each draw it forbids the token that
/// would carry an exact repetition on too long, a note that has had too great a share of the latest ones, and, when
/// nothing has begun for too long, every token that begins no note.
/// </summary>
/// <remarks>
/// A loop is a stretch of tokens in which each equals the one a period earlier, for a period of 1 to
/// <see cref="LongestPeriod"/> tokens; it may sound <see cref="Turns"/> times, and for at least <see cref="FreeTokens"/>
/// tokens, before it must change. So must a loop of notes as <see cref="Collapse"/> counts them, whatever tokens they are written
/// in, after <see cref="FreeNotes"/>, or just before it would count as one. A note may be <see cref="LargestShare"/> of the latest <see cref="LatestNotes"/>, which in human
/// music one window of a thousand exceeds; beyond <see cref="UsualShare"/>, one of four, each more makes it less likely than other notes. In
/// what is composed as a whole, at most <see cref="LargestSilence"/> of the time may be silence: beyond it a rest must end. Music
/// repeats itself: only what goes on and on is stopped.
/// </remarks>
internal sealed class CollapseGuard(TokenRepresentation representation)
{
    public const int LongestPeriod = 96;
    public const int Turns = 3;
    public const int FreeTokens = 24;
    public const int FreeNotes = 32;
    public const int LatestNotes = 64;
    public const int FewestNotes = 32; // what shares are counted of at a piece's beginning
    public const int UsualShare = 10;
    public const int LargestShare = 22;
    public const double LargestSilence = 0.4; // of the time so far
    public const double FewestQuarters = 16; // what that share is counted of at a piece's beginning
    private const float Crowding = 0.3f; // nats for each note beyond the usual share
    private const double LongestSilenceQuarters = 8;

    private readonly int[] _runs = new int[LongestPeriod + 1]; // by period: tokens in a row that equal the one a period earlier
    private readonly List<int> _tokens = [];
    private readonly int[] _noteRuns = new int[Collapse.LongestPeriod + 1]; // the same of notes
    private readonly List<(byte? Pitch, Tick Step)> _notes = []; // with the way from the note before
    private readonly Queue<int> _latest = new(); // tokens that began a note
    private readonly int[] _counts = new int[representation.Vocabulary.Count]; // of each among them
    private Tick _lastOnset;

    /// <summary>Whether all that sounds is composed: else a rest may lie beside other music, and its share is not asked.</summary>
    public bool IsWholePiece { get; init; }

    /// <summary>How many draws it has narrowed.</summary>
    public int Interventions { get; private set; }

    /// <summary>Takes note of a token that was read.</summary>
    /// <param name="token">The token.</param>
    /// <param name="now">Where the music had got to before it.</param>
    public void Add(int token, Tick now)
    {
        for (int period = 1; period <= Math.Min(LongestPeriod, _tokens.Count); period++)
        {
            _runs[period] = _tokens[^period] == token ? _runs[period] + 1 : 0;
        }
        _tokens.Add(token);
        if (representation.NotesBegun(token) == 0) return;
        (byte? Pitch, Tick Step) note = (representation.PitchOf(token), now - _lastOnset);
        for (int period = 1; period <= Math.Min(Collapse.LongestPeriod, _notes.Count); period++)
        {
            _noteRuns[period] = _notes[^period] == note ? _noteRuns[period] + 1 : 0;
        }
        _notes.Add(note);
        _lastOnset = now;
        _latest.Enqueue(token);
        _counts[token]++;
        if (_latest.Count > LatestNotes) _counts[_latest.Dequeue()]--;
    }

    /// <summary>Forbids what must not come next, but never everything.</summary>
    /// <param name="logits">[classes]; a class beyond the vocabulary is left alone.</param>
    /// <param name="reader">What has been read so far.</param>
    public void Forbid(Span<float> logits, TokenReader reader)
    {
        bool narrowed = false;
        for (int period = 1; period <= Math.Min(LongestPeriod, _tokens.Count); period++)
        {
            if (_runs[period] + period < Math.Max(Turns * period, FreeTokens)) continue;
            narrowed |= TryForbid(logits, _tokens[^period]);
        }
        for (int period = 1; period <= Math.Min(Collapse.LongestPeriod, _notes.Count); period++)
        {
            // Two less: a loop's first note has another step before it, and the next would make its last turn whole.
            if (_noteRuns[period] + period < Math.Max((Collapse.FewestTurns * period) - 2, FreeNotes) || _notes[^period].Step != reader.Now - _lastOnset) continue;
            for (int token = 0; token < representation.Vocabulary.Count; token++)
            {
                if (representation.PitchOf(token) is { } pitch && pitch == _notes[^period].Pitch) narrowed |= TryForbid(logits, token);
            }
        }
        narrowed |= HoldBack(logits);
        double silence = (double)(reader.Now - _lastOnset).Value / reader.TicksPerQuarter;
        if (silence >= LongestSilenceQuarters) narrowed |= TryForbid(logits, token => representation.NotesBegun(token) == 0);
        else if (IsWholePiece && silence > 0 && RestsTooMuch(reader)) narrowed |= TryForbid(logits, token => !representation.Sounds(token));
        if (narrowed) Interventions++;
    }

    // Which note it is, not whether there is one: what some lose, the others gain.
    private bool HoldBack(Span<float> logits)
    {
        bool narrowed = false;
        double latest = Math.Max(_latest.Count, FewestNotes) / (double)LatestNotes, before = NoteWeight(logits);
        foreach (int token in _latest.Distinct())
        {
            if (_counts[token] >= LargestShare * latest) narrowed |= TryForbid(logits, token);
            else logits[token] -= Crowding * (float)Math.Max(0, _counts[token] - (UsualShare * latest));
        }
        double after = NoteWeight(logits);
        if (after == 0 || after == before) return narrowed;
        for (int token = 0; token < representation.Vocabulary.Count; token++)
        {
            if (representation.NotesBegun(token) > 0) logits[token] += (float)Math.Log(before / after);
        }
        return narrowed;
    }

    private double NoteWeight(ReadOnlySpan<float> logits)
    {
        double sum = 0;
        for (int token = 0; token < representation.Vocabulary.Count; token++)
        {
            if (representation.NotesBegun(token) > 0) sum += Math.Exp(logits[token]);
        }
        return sum;
    }

    private static bool TryForbid(Span<float> logits, int token)
    {
        if (float.IsNegativeInfinity(logits[token])) return false;
        float kept = logits[token];
        logits[token] = float.NegativeInfinity;
        if (AnyAllowed(logits)) return true;
        logits[token] = kept;
        return false;
    }

    private static bool RestsTooMuch(TokenReader reader)
    {
        double now = (double)reader.Now.Value / reader.TicksPerQuarter;
        return reader.IsSilent && reader.SilentShare * now > LargestSilence * Math.Max(now, FewestQuarters);
    }

    // All of a kind at once, where something else may follow.
    private bool TryForbid(Span<float> logits, Func<int, bool> isOfKind)
    {
        bool any = false, othersAllowed = false;
        for (int token = 0; token < representation.Vocabulary.Count; token++)
        {
            if (float.IsNegativeInfinity(logits[token])) continue;
            if (isOfKind(token)) any = true;
            else othersAllowed = true;
        }
        if (!any || !othersAllowed) return false;
        for (int token = 0; token < representation.Vocabulary.Count; token++)
        {
            if (isOfKind(token)) logits[token] = float.NegativeInfinity;
        }
        return true;
    }

    private static bool AnyAllowed(ReadOnlySpan<float> logits)
    {
        foreach (float logit in logits)
        {
            if (!float.IsNegativeInfinity(logit)) return true;
        }
        return false;
    }
}
