using System.Collections.Immutable;
using Etude.Music.Analysis;
using Etude.Music.Scores;

namespace Etude.Composing;

/// <summary>What a piece should be like. Only models of sheets can be steered; each wish is left to the model where it is null.</summary>
public sealed record Steering
{
    /// <summary>Wishes nothing, but that the piece ends where it was asked to.</summary>
    public static Steering None { get; } = new();

    /// <summary>A style that the model knows, such as "bach"; an unknown one is refused with the list. Default null.</summary>
    public string? Style { get; init; }

    /// <summary>The key, which the model is told every few bars. Default null.</summary>
    public Key? Key { get; init; }

    /// <summary>Whether only notes of the key's scale are struck (in minor with both sixths and sevenths). Needs <see cref="Key"/>. Default false.</summary>
    public bool KeepsScale { get; init; }

    /// <summary>The meter of all composed bars. Default null: the primer's last, else the model's choice for the first.</summary>
    public Meter? Meter { get; init; }

    /// <summary>How dense, in notes begun in a quarter note, 0.25 to 16. Default null.</summary>
    public double? NotesPerQuarter { get; init; }

    /// <summary>The lowest pitch to strike, 21 to 108. Default 21.</summary>
    public int LowestPitch { get; init; } = Note.LowestPianoPitch;

    /// <summary>The highest pitch to strike, an octave or more above the lowest. Default 108.</summary>
    public int HighestPitch { get; init; } = Note.HighestPianoPitch;

    /// <summary>The chords of the bars, one each, begun anew after the last: the left hand keeps to them, the right hand on the beats. Default none.</summary>
    public ImmutableArray<Chord> Chords { get; init; } = [];

    /// <summary>Whether the piece comes to an end in its last bar, on the tonic; else it breaks off there. Default true.</summary>
    public bool Ends { get; init; } = true;

    /// <summary>Throws where a value is out of its range, naming the option and the range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Validate()
    {
        Check(!KeepsScale || Key is not null, nameof(KeepsScale), "left out where no Key is asked for");
        Check(NotesPerQuarter is null or (>= 0.25 and <= 16), nameof(NotesPerQuarter), "0.25 to 16");
        Check(LowestPitch >= Note.LowestPianoPitch && HighestPitch <= Note.HighestPianoPitch && HighestPitch - LowestPitch >= 12,
            nameof(LowestPitch), "at least an octave below HighestPitch, both within 21 to 108");

        static void Check(bool holds, string option, string range) => ComposeOptions.Check(holds, "Steering." + option, range);
    }

    /// <inheritdoc/>
    public bool Equals(Steering? other) =>
        other is not null && Style == other.Style && Key == other.Key && KeepsScale == other.KeepsScale && Meter == other.Meter
        && NotesPerQuarter == other.NotesPerQuarter && LowestPitch == other.LowestPitch && HighestPitch == other.HighestPitch
        && Chords.SequenceEqual(other.Chords) && Ends == other.Ends;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Style, Key, KeepsScale, Meter, NotesPerQuarter, LowestPitch, HighestPitch, Chords.Length);
}
