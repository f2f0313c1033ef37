using System.Collections.Immutable;

namespace Etude.Music.Scores;

/// <summary>The notes and pedal of one part: one MIDI channel of one MIDI track, or one staff.</summary>
/// <remarks>Two tracks are equal when all their values are.</remarks>
public sealed record Track
{
    /// <summary>The part's name; empty where there is none.</summary>
    public string Name { get; init; } = "";

    /// <summary>The General MIDI program, 0 to 127; 0 to 7 are pianos. Default 0.</summary>
    public int Program { get; init; }

    /// <summary>Whether this is a drum part (MIDI channel 10): its pitches then name drums. Default false.</summary>
    public bool IsDrums { get; init; }

    /// <summary>The notes in the order of <see cref="Note.CompareTo"/>.</summary>
    public ImmutableArray<Note> Notes { get; init; } = [];

    /// <summary>When the sustain pedal is down: in order, not overlapping.</summary>
    public ImmutableArray<Pedal> Pedals { get; init; } = [];

    /// <summary>Whether this part can be played on a piano keyboard: a piano program (0 to 7) and not drums.</summary>
    public bool IsPiano => !IsDrums && Program is >= 0 and <= 7;

    /// <inheritdoc/>
    public bool Equals(Track? other) =>
        other is not null && Name == other.Name && Program == other.Program && IsDrums == other.IsDrums
        && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan()) && Pedals.AsSpan().SequenceEqual(other.Pedals.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Program, IsDrums, Notes.Length, Pedals.Length);
}
