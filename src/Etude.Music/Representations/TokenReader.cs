using System.Collections.Immutable;
using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>
/// Reads tokens one at a time: knows the time and the notes so far, which tokens may come next, and the score that they
/// make. Not safe for use by several threads at once.
/// </summary>
public abstract class TokenReader
{
    private const int LastTick = 1 << 30;
    private readonly int[] _downUntil = new int[128]; // the step at which each key comes up
    private readonly GridMap _bars;
    private readonly int _tokenCount;
    private PairMerges? _merges;

    private protected TokenReader(TokenRepresentation representation, TimeGrid grid, DecodeOptions? options)
    {
        Settings = options ?? DecodeOptions.Default;
        _tokenCount = representation.Vocabulary.Count;
        Map = GridFor(grid);
        _bars = GridFor(TimeGrid.PerMeasure(1));
    }

    /// <summary>Where the music has got to: where a note would begin.</summary>
    public Tick Now => Map.TickAt(Step);

    /// <summary>Ticks of a quarter note, in which <see cref="Now"/> counts.</summary>
    public int TicksPerQuarter => Settings.TicksPerQuarter;

    /// <summary>The bars that have passed, with the fraction of the last.</summary>
    public virtual double Bars => _bars.PositionAt(Now);

    /// <summary>Where the bar ends that the music has got to.</summary>
    public virtual Tick BarEnd => _bars.TickAt((int)Math.Floor(_bars.PositionAt(Now) + 1e-9) + 1);

    /// <summary>Whether nothing sounds here by what was read.</summary>
    public virtual bool IsSilent => Notes.TrueForAll(note => note.End <= Step);

    /// <summary>The share of the time so far in which nothing sounded. Linear in that time.</summary>
    public double SilentShare
    {
        get
        {
            var sounds = new bool[Step];
            foreach (GridNote note in Notes)
            {
                if (note.Onset < Step) sounds.AsSpan(note.Onset..Math.Min(note.End, Step)).Fill(true);
            }
            return Step > 0 ? (double)sounds.AsSpan().Count(false) / Step : 0;
        }
    }

    /// <summary>The notes begun so far.</summary>
    public int NoteCount => Notes.Count;

    /// <summary>Whether an end token was read: what follows it is passed over.</summary>
    public bool HasEnded { get; private protected set; }

    private protected DecodeOptions Settings { get; }

    private protected GridMap Map { get; }

    private protected int Step { get; set; }

    /// <summary>The notes so far, in steps, in any order; same keys may overlap.</summary>
    private protected List<GridNote> Notes { get; } = [];

    /// <summary>Reads the next token. One that makes no sense here is passed over.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the vocabulary.</exception>
    public void Add(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)(_tokenCount + MergeCount), nameof(token));
        if (HasEnded) return;
        if (token < _tokenCount)
        {
            Accept(token);
            return;
        }
        foreach (int part in _merges!.PartsOf(token)) Add(part);
    }

    /// <summary>
    /// Says of every token whether it can come next in the encoding of a score. At least one can, also after the end.
    /// </summary>
    /// <param name="allowed">[tokens of the vocabulary]: overwritten.</param>
    /// <exception cref="ArgumentException">It is not as long as the vocabulary.</exception>
    public void AllowedNext(Span<bool> allowed)
    {
        int all = _tokenCount + MergeCount;
        if (allowed.Length != all) throw new ArgumentException($"{allowed.Length} flags for {all} tokens.", nameof(allowed));
        allowed.Fill(true);
        Restrict(allowed[.._tokenCount]);
        for (int merged = _tokenCount; merged < all; merged++) allowed[merged] = allowed[_merges!.PartsOf(merged)[0]];
    }

    /// <summary>Takes tokens that stand for several from now on.</summary>
    internal void Read(PairMerges merges) => _merges = merges;

    private int MergeCount => _merges?.Pairs.Length ?? 0;

    /// <summary>The score of the tokens so far.</summary>
    public virtual Score ToScore() =>
        Blank() with { Tracks = [new Track { Name = "Piano", Notes = GridNotes.ToTrack(Playable(), Map) }] };

    /// <summary>The notes so far as two parts, the right hand's first.</summary>
    private protected ImmutableArray<Track> ToHands()
    {
        ILookup<bool, GridNote> notes = Playable().ToLookup(note => note.IsLeft);
        return
        [
            new Track { Name = "Right hand", Notes = GridNotes.ToTrack(notes[false], Map) },
            new Track { Name = "Left hand", Notes = GridNotes.ToTrack(notes[true], Map) },
        ];
    }

    /// <summary>The decoded score without its parts.</summary>
    private protected Score Blank() => new()
    {
        TicksPerQuarter = Settings.TicksPerQuarter,
        Tempos = Settings.Tempos,
        Meters = Settings.Meters,
        KeySignatures = Settings.KeySignatures,
    };

    /// <summary>Reads a token of the vocabulary before the end.</summary>
    private protected abstract void Accept(int token);

    /// <summary>Clears the flags of the tokens that cannot come next.</summary>
    private protected abstract void Restrict(Span<bool> allowed);

    /// <summary>Begins a note here.</summary>
    private protected void Strike(int pitch, int steps, byte velocity, bool isLeft = false)
    {
        Notes.Add(new GridNote(Step, Step + steps, (byte)pitch, velocity, isLeft));
        _downUntil[pitch] = Step + steps;
    }

    /// <summary>Goes to an earlier step: keys are down there as the notes so far have it.</summary>
    private protected void GoBackTo(int step)
    {
        Step = step;
        Array.Clear(_downUntil);
        foreach (GridNote note in Notes)
        {
            if (note.Onset < step) _downUntil[note.Pitch] = Math.Max(_downUntil[note.Pitch], note.End);
        }
    }

    /// <summary>Whether a key is down here, by the length its note was struck with.</summary>
    private protected bool IsDown(int pitch) => _downUntil[pitch] > Step;

    /// <summary>The step so much later; a score that would outgrow all counting stands still instead.</summary>
    private protected int Advanced(int steps) => Map.TickAt(Step + steps).Value < LastTick ? Step + steps : Step;

    private GridMap GridFor(TimeGrid grid) => new(grid, Settings.TicksPerQuarter, Settings.Tempos.AsSpan(), Settings.Meters.AsSpan());

    private List<GridNote> Playable()
    {
        List<GridNote> notes = [.. Notes];
        GridNotes.Resolve(notes);
        return notes;
    }
}
