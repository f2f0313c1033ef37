namespace Etude.Music.Scores;

/// <summary>Clock time counted in seconds, as the tempo map of a score lays it out. A point or a length.</summary>
/// <param name="Value">The number of seconds.</param>
public readonly record struct Second(double Value) : IComparable<Second>
{
    /// <summary>The start of a score, or an empty length.</summary>
    public static Second Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Second other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Value} seconds");

#pragma warning disable CS1591, CA2225 // the operators mean what they mean on double
    public static Second operator +(Second a, Second b) => new(a.Value + b.Value);
    public static Second operator -(Second a, Second b) => new(a.Value - b.Value);
    public static bool operator <(Second a, Second b) => a.Value < b.Value;
    public static bool operator >(Second a, Second b) => a.Value > b.Value;
    public static bool operator <=(Second a, Second b) => a.Value <= b.Value;
    public static bool operator >=(Second a, Second b) => a.Value >= b.Value;
#pragma warning restore CS1591, CA2225
}
