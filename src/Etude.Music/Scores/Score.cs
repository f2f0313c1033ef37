using System.Collections.Immutable;

namespace Etude.Music.Scores;

/// <summary>
/// A piece of music: parts with notes, and the tempo, meter and key they stand in. Immutable; change it with
/// <c>with</c>. Two scores are equal when all their values are.
/// </summary>
public sealed partial record Score
{
    /// <summary>Ticks that make a quarter note, 1 to 32,767. Default 480.</summary>
    public int TicksPerQuarter { get; init; } = 480;

    /// <summary>The parts, in the file's order.</summary>
    public ImmutableArray<Track> Tracks { get; init; } = [];

    /// <summary>The tempo map: never empty, in order, the first at tick 0.</summary>
    public ImmutableArray<Tempo> Tempos { get; init; } = [Tempo.Default];

    /// <summary>The time signatures: never empty, in order, the first at tick 0.</summary>
    public ImmutableArray<Meter> Meters { get; init; } = [Meter.Default];

    /// <summary>The key signatures, in order; empty where none is given.</summary>
    public ImmutableArray<KeySignature> KeySignatures { get; init; } = [];

    /// <summary>Texts about the whole piece (title, provenance), in order.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary>Where the last note or pedal ends. Found anew at each call: linear in the number of notes.</summary>
    public Tick End => FindEnd();

    /// <summary>The number of notes in all parts.</summary>
    public int NoteCount => Tracks.Sum(track => track.Notes.Length);

    /// <summary>A one-part piano score.</summary>
    /// <param name="notes">The notes in any order.</param>
    /// <param name="ticksPerQuarter">Ticks that make a quarter note.</param>
    public static Score Piano(IEnumerable<Note> notes, int ticksPerQuarter = 480) => new()
    {
        TicksPerQuarter = ticksPerQuarter,
        Tracks = [new Track { Name = "Piano", Notes = [.. notes.Order()] }],
    };

    /// <summary>The notes of the chosen parts (all by default) as one list in the order of <see cref="Note.CompareTo"/>.</summary>
    public ImmutableArray<Note> NotesInOrder(Func<Track, bool>? include = null)
    {
        var chosen = include is null ? Tracks : Tracks.Where(include).ToImmutableArray();
        return chosen.Length == 1 ? chosen[0].Notes : [.. chosen.SelectMany(track => track.Notes).Order()];
    }

    /// <inheritdoc/>
    public bool Equals(Score? other) =>
        other is not null && TicksPerQuarter == other.TicksPerQuarter
        && Tracks.AsSpan().SequenceEqual(other.Tracks.AsSpan())
        && Tempos.AsSpan().SequenceEqual(other.Tempos.AsSpan())
        && Meters.AsSpan().SequenceEqual(other.Meters.AsSpan())
        && KeySignatures.AsSpan().SequenceEqual(other.KeySignatures.AsSpan())
        && Texts.AsSpan().SequenceEqual(other.Texts.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TicksPerQuarter, Tracks.Length, NoteCount, Tempos.Length);

    private Tick FindEnd()
    {
        Tick end = Tick.Zero;
        foreach (Track track in Tracks)
        {
            foreach (Note note in track.Notes) end = Tick.Max(end, note.End);
            foreach (Pedal pedal in track.Pedals) end = Tick.Max(end, pedal.End);
        }
        return end;
    }
}
