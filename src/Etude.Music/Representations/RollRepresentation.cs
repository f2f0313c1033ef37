using Etude.Music.Representations.Grids;
using Etude.Music.Scores;

namespace Etude.Music.Representations;

/// <summary>Turns scores into piano rolls and back. Made by <see cref="RollOptions.Create"/>. Immutable.</summary>
/// <remarks>Any roll of the right width decodes to a valid score, and decoding the encoding of a score gives what the scheme keeps of it.</remarks>
public abstract class RollRepresentation
{
    private protected RollRepresentation()
    {
    }

    /// <summary>The name of the scheme, such as "roll".</summary>
    public string Scheme => Options.Scheme;

    /// <summary>What it was made with.</summary>
    public abstract RollOptions Options { get; }

    /// <summary>The number of columns.</summary>
    public abstract int Width { get; }

    /// <summary>The steps of time, one row each.</summary>
    public TimeGrid Grid => Options.Grid;

    /// <summary>Turns the piano parts of a score into a roll that ends with its last note.</summary>
    public abstract RollEncoding Encode(Score score);

    /// <summary>Turns any roll into a score.</summary>
    /// <param name="roll">[steps, width].</param>
    /// <param name="options">What the roll does not say; <see cref="DecodeOptions.Default"/> if null.</param>
    /// <exception cref="ArgumentException">The roll has another width.</exception>
    public Score Decode(Roll roll, DecodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(roll);
        if (roll.Width != Width) throw new ArgumentException($"The scheme '{Scheme}' has {Width} columns, this roll {roll.Width}.", nameof(roll));
        options ??= DecodeOptions.Default;
        var map = new GridMap(Grid, options.TicksPerQuarter, options.Tempos.AsSpan(), options.Meters.AsSpan());
        return new Score
        {
            TicksPerQuarter = options.TicksPerQuarter,
            Tempos = options.Tempos,
            Meters = options.Meters,
            KeySignatures = options.KeySignatures,
            Tracks = [new Track { Name = "Piano", Notes = GridNotes.ToTrack(NotesOf(roll, options.Velocity), map) }],
        };
    }

    /// <summary>The pitches of the notes that begin in a step.</summary>
    /// <param name="before">[width]: the step before it, 1 where a cell is set.</param>
    /// <param name="step">[width]</param>
    public IReadOnlyList<int> NotesBegun(ReadOnlySpan<float> before, ReadOnlySpan<float> step) =>
        [.. NotesOf(Roll.FromCells([.. before, .. step], Width), velocity: 1).Where(note => note.Onset == 1).Select(note => (int)note.Pitch)];

    /// <summary>The pitch that a column is about.</summary>
    public int PitchOf(int column) => Note.LowestPianoPitch + (column * (Note.HighestPianoPitch - Note.LowestPianoPitch + 1) / Width);

    /// <summary>The notes of a roll, in steps; the same key never twice at once.</summary>
    private protected abstract IEnumerable<GridNote> NotesOf(Roll roll, byte velocity);
}
