namespace Etude.Music.Scores;

/// <summary>
/// A point or a length in musical time, counted in ticks of the score it belongs to
/// (<see cref="Score.TicksPerQuarter"/> of them make one quarter note). Never negative in a valid score.
/// </summary>
/// <param name="Value">The number of ticks.</param>
public readonly record struct Tick(int Value) : IComparable<Tick>
{
    /// <summary>The start of a score, or an empty length.</summary>
    public static Tick Zero => default;

    /// <summary>The later point, or the longer length.</summary>
    public static Tick Max(Tick a, Tick b) => a.Value >= b.Value ? a : b;

    /// <summary>The earlier point, or the shorter length.</summary>
    public static Tick Min(Tick a, Tick b) => a.Value <= b.Value ? a : b;

    /// <inheritdoc/>
    public int CompareTo(Tick other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Value} ticks");

#pragma warning disable CS1591, CA2225 // the operators mean what they mean on int
    public static Tick operator +(Tick a, Tick b) => new(a.Value + b.Value);
    public static Tick operator -(Tick a, Tick b) => new(a.Value - b.Value);
    public static bool operator <(Tick a, Tick b) => a.Value < b.Value;
    public static bool operator >(Tick a, Tick b) => a.Value > b.Value;
    public static bool operator <=(Tick a, Tick b) => a.Value <= b.Value;
    public static bool operator >=(Tick a, Tick b) => a.Value >= b.Value;
#pragma warning restore CS1591, CA2225
}
